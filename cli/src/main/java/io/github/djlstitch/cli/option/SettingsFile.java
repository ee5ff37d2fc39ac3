// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.name.NearestName;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file of defaults: lines such as {@code anchors=100} or, for one command only, {@code
 * translate.method=ridge}. Whoever sends somebody a folder decides its {@code stitch.properties};
 * so in the working folder it may say what is computed and how it is shown, but not grant trust,
 * name models, decide where files are written, or open a connection.
 *
 * @param settings values and where they stand, by key
 */
record SettingsFile(Map<String, Setting> settings) {
  private static final long MOST_BYTES = 1 << 20;

  /** All that the file of a working folder may set; an option that is not here it may not. */
  static final Set<String> OF_ANY_FOLDER =
      Set.of(
          "anchor-strategy",
          "anchors",
          "anchors-from",
          "balanced",
          "batch",
          "bootstrap",
          "center",
          "codec",
          "color",
          "columns",
          "completion",
          "curve",
          "dataset",
          "decoder-dataset",
          "delta",
          "device",
          "dtype",
          "encoding",
          "fail-under",
          "floor",
          "format",
          "gamma",
          "head",
          "image-size",
          "inverse",
          "k",
          "l2",
          "lambda",
          "layer",
          "measure",
          "method",
          "omega",
          "order",
          "permutations",
          "pooling",
          "positive-distances",
          "power",
          "prefix",
          "quiet",
          "rank",
          "reads",
          "role",
          "seed",
          "seeds",
          "separator",
          "similarity",
          "skip-bad",
          "split",
          "split-size",
          "test-fraction",
          "threads",
          "top",
          "verbose");

  /** A file that sets nothing. */
  static final SettingsFile NONE = new SettingsFile(Map.of());

  /**
   * A value and its source.
   *
   * @param value as it is written
   * @param source the file and line, or the variable, in words
   */
  record Setting(String value, String source) {}

  /** The user's own file. */
  static SettingsFile ofUser(Path file, Collection<String> keys) {
    return Files.isRegularFile(file) ? read(file, keys) : NONE;
  }

  /** The file of a working folder. */
  static SettingsFile ofFolder(Path file, Collection<String> keys, Path userFile) {
    SettingsFile read = ofUser(file, keys);
    read.settings.forEach(
        (key, setting) -> {
          String option = key.substring(key.indexOf('.') + 1);
          if (!OF_ANY_FOLDER.contains(option)) {
            throw StitchException.usage(
                "%s sets '%s', which the file of a working folder may not; give --%s on the command"
                    + " line, %s in the environment, or '%s' in '%s'",
                setting.source, key, option, Defaults.variable(key), key, userFile);
          }
        });
    return read;
  }

  private static SettingsFile read(Path file, Collection<String> keys) {
    Map<String, Setting> settings = new TreeMap<>();
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("more than " + MOST_BYTES + " bytes");
      }
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      for (int i = 0; i < lines.size(); ) {
        int first = i + 1;
        var line = new StringBuilder(lines.get(i++));
        while (isContinued(line) && i < lines.size()) {
          line.append('\n').append(lines.get(i++));
        }
        one(line.toString())
            .forEach(
                (key, value) ->
                    settings.put(key, new Setting(value, "'" + file + "' line " + first)));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw StitchException.badInput(
              "cannot read '%s' (%s); expected UTF-8 lines such as 'anchors=100'",
              file, e.getMessage())
          .because(e);
    }
    settings.forEach((key, setting) -> requireKnown(key, setting, keys));
    return new SettingsFile(settings);
  }

  // A comment ends with its line.
  private static boolean isContinued(CharSequence line) {
    String text = line.toString().stripLeading();
    boolean comment = text.startsWith("#") || text.startsWith("!");
    int slashes = text.length() - text.replaceFirst("\\\\+$", "").length();
    return !comment && slashes % 2 == 1;
  }

  private static Map<String, String> one(String line) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(line));
    Map<String, String> found = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(key -> found.put(key, properties.getProperty(key, "")));
    return found;
  }

  private static void requireKnown(String key, Setting setting, Collection<String> keys) {
    if (!keys.contains(key)) {
      throw StitchException.usage(
          "%s sets '%s', which is no option; %ssee 'stitch --help'",
          setting.source, Printable.of(key), NearestName.hint(key, keys));
    }
  }
}
