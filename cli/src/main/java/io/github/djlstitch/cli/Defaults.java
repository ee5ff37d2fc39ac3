// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.NearestName;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Defaults of options from outside the command line: the environment ({@code STITCH_SPLIT_SIZE}),
 * then {@code stitch.properties} in the working folder ({@code split-size=...}), then the user's
 * own in {@code ~/.config/stitch/stitch.properties}.
 */
final class Defaults implements IDefaultValueProvider {
  private static final String PREFIX = "STITCH_";
  static final String FILE = "stitch.properties";

  private final Map<String, String> environment;
  private final List<Properties> files;

  private Defaults(Map<String, String> environment, List<Properties> files) {
    this.environment = environment;
    this.files = files;
  }

  /** The defaults for the options of a command and its subcommands. */
  static Defaults of(CommandLine command, Map<String, String> environment, PrintWriter err) {
    Set<String> known = new TreeSet<>();
    collect(command, known);
    for (String variable : environment.keySet()) {
      if (variable.startsWith(PREFIX) && !known.contains(option(variable))) {
        err.println(
            "warning: environment variable '"
                + variable
                + "' means no option; "
                + NearestName.hint(variable, known.stream().map(Defaults::variable).toList()));
      }
    }
    List<Properties> files = new ArrayList<>();
    for (Path file : List.of(Path.of(FILE), userFile(environment))) {
      if (Files.isRegularFile(file)) {
        files.add(read(file, known));
      }
    }
    return new Defaults(environment, files);
  }

  private static void collect(CommandLine command, Set<String> names) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (option.longestName().startsWith("--")) {
        names.add(option.longestName().substring(2));
      }
    }
    command.getSubcommands().values().forEach(sub -> collect(sub, names));
  }

  private static Path userFile(Map<String, String> environment) {
    String home = environment.get("XDG_CONFIG_HOME");
    Path config =
        home == null || home.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(home);
    return config.resolve("stitch").resolve(FILE);
  }

  private static Properties read(Path file, Set<String> known) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw StitchException.usage("cannot read '%s': %s", file, e.getMessage()).because(e);
    }
    for (String key : properties.stringPropertyNames()) {
      if (!known.contains(key)) {
        throw StitchException.usage(
            "'%s' sets '%s', which is no option; %ssee 'stitch --help'",
            file, key, NearestName.hint(key, known));
      }
    }
    return properties;
  }

  private static String option(String variable) {
    return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String variable(String option) {
    return PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !option.longestName().startsWith("--")) {
      return null;
    }
    String name = option.longestName().substring(2);
    String fromEnvironment = environment.get(variable(name));
    if (fromEnvironment != null) {
      return fromEnvironment;
    }
    return files.stream()
        .map(properties -> properties.getProperty(name))
        .filter(value -> value != null)
        .findFirst()
        .orElse(null);
  }
}
