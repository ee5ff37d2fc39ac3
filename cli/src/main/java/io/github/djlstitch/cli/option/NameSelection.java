// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.zoo.ModelZoo;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Comma lists, globs, folders, {@code hf:} repositories and {@code all} to names of encoders.
 *
 * @param names every encoder that has a name
 * @param bundled those of them that come with the build; {@code all} means these
 * @param fitting those of them that {@code all} and globs may mean
 */
public record NameSelection(List<String> names, List<String> bundled, List<String> fitting) {
  static final String HEAD = "-head";

  public static NameSelection of(ModelZoo zoo) {
    return new NameSelection(zoo.names(), zoo.bundled(), zoo.names());
  }

  /** The same, but {@code all} and globs mean only encoders that read the data set. */
  public NameSelection reading(ModelZoo zoo, String dataset) {
    return new NameSelection(
        names,
        bundled,
        names.stream().filter(name -> zoo.preparation().mayRead(name, dataset)).toList());
  }

  /**
   * The encoders that a selection says for certain: by name, or by a glob whose encoders read the
   * same.
   *
   * @param suffix {@code -head} in a selection of decoders; else empty
   */
  List<String> certain(ModelZoo zoo, String selection, String suffix) {
    List<String> certain = new ArrayList<>();
    for (String part : selection.split(",", -1)) {
      List<String> found = suffix.isEmpty() ? encoders(part) : decoders(part);
      long kinds =
          found.size() < 2 ? 1 : found.stream().map(n -> zoo.card(n).reads()).distinct().count();
      if (kinds == 1 && !isAll(part.strip(), suffix)) {
        certain.addAll(found);
      }
    }
    return certain;
  }

  /** The data set for the encoders of a selection if none is named. */
  public String defaultDataset(ModelZoo zoo, String encoders) {
    return zoo.preparation().defaultDataset(certain(zoo, encoders, ""));
  }

  /**
   * The encoders a selection means.
   *
   * @throws StitchException (usage) for a part that means none
   */
  public List<String> encoders(String selection) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String part : selection.split(",", -1)) {
      chosen.addAll(matches("encoder", part.strip(), ""));
    }
    return new ArrayList<>(chosen);
  }

  /**
   * The encoders whose heads a selection means: {@code minilm-head}, {@code *-head}, {@code all}.
   */
  public List<String> decoders(String selection) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String part : selection.split(",", -1)) {
      if (names.contains(part.strip())) {
        throw StitchException.usage(
            "'%s' is an encoder; the decoder trained on it is '%s%s'", part, part.strip(), HEAD);
      }
      chosen.addAll(matches("decoder", part.strip(), HEAD));
    }
    return new ArrayList<>(chosen);
  }

  private List<String> matches(String what, String part, String suffix) {
    if (isAll(part, suffix)) {
      return bundled.stream().filter(fitting::contains).toList();
    }
    String name = part.endsWith(suffix) ? part.substring(0, part.length() - suffix.length()) : "";
    if (names.contains(name)) {
      return List.of(name);
    }
    if (isPlace(name)) {
      return List.of(name.replaceFirst("(?<=[^/\\\\:])[/\\\\]+$", ""));
    }
    List<String> found = glob(part, suffix, fitting);
    if (!found.isEmpty()) {
      return found;
    }
    if (!glob(part, suffix, names).isEmpty()) {
      throw StitchException.usage(
          "'%s' means %s, none of which reads the data set; give another with --dataset",
          part, String.join(", ", glob(part, suffix, names)));
    }
    List<String> known = names.stream().map(n -> n + suffix).toList();
    throw StitchException.usage(
        "no %s '%s'; %sknown: %s, a folder%s, hf:ORG/NAME%s; 'stitch zoo list' shows them",
        what, part, NearestName.hint(part, known), String.join(", ", known), suffix, suffix);
  }

  private static boolean isAll(String part, String suffix) {
    return List.of("all", "*", "*" + suffix).contains(part);
  }

  // A folder or a repository, as opposed to a name; whether there is one is for the zoo to say.
  private static boolean isPlace(String text) {
    if (text.startsWith("hf:") || text.contains("/") || text.contains("\\")) {
      return true;
    }
    try {
      return !text.isEmpty() && Files.isDirectory(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  // Not the JDK's globs: those give a meaning to braces and brackets, and refuse odd ones.
  private static List<String> glob(String text, String suffix, List<String> among) {
    if (!text.contains("*") && !text.contains("?")) {
      return List.of();
    }
    Pattern glob =
        Pattern.compile(
            text.codePoints()
                .mapToObj(Character::toString)
                .map(c -> "*".equals(c) ? ".*" : "?".equals(c) ? "." : Pattern.quote(c))
                .collect(Collectors.joining()));
    return among.stream().filter(name -> glob.matcher(name + suffix).matches()).toList();
  }
}
