// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import java.io.IOException;
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
public final class Defaults implements IDefaultValueProvider {
  private static final String PREFIX = "STITCH_";
  public static final String FILE = "stitch.properties";

  private final Map<String, String> environment;
  private final Path workingFolder;
  private final Set<String> known = new TreeSet<>();
  private @Nullable List<Properties> files;

  private Defaults(Map<String, String> environment, Path workingFolder) {
    this.environment = environment;
    this.workingFolder = workingFolder;
  }

  /**
   * The defaults for the options of a command and its subcommands. The files are read with the
   * command line, so that errors in them are reported like those of any option.
   */
  public static Defaults of(
      CommandLine command, Map<String, String> environment, Path workingFolder) {
    var defaults = new Defaults(environment, workingFolder);
    defaults.collect(command);
    return defaults;
  }

  private void collect(CommandLine command) {
    command.getCommandSpec().options().stream()
        .filter(Defaults::isSettable)
        .forEach(option -> known.add(name(option)));
    command.getSubcommands().values().forEach(this::collect);
  }

  private static boolean isSettable(OptionSpec option) {
    return option.longestName().startsWith("--") && !option.usageHelp() && !option.versionHelp();
  }

  private static String name(OptionSpec option) {
    return option.longestName().substring(2);
  }

  /** Warns of each variable that looks like an option but is none. */
  public List<String> warnings() {
    List<String> variables = known.stream().map(Defaults::variable).toList();
    return environment.keySet().stream()
        .filter(variable -> variable.startsWith(PREFIX) && !variables.contains(variable))
        .sorted()
        .map(
            variable ->
                "environment variable '%s' sets no option; %s"
                    .formatted(variable, advice(variable, variables)))
        .toList();
  }

  private static String advice(String wanted, List<String> known) {
    String hint = NearestName.hint(wanted, known);
    return hint.isEmpty() ? "remove it" : hint.strip();
  }

  private List<Properties> files() {
    if (files == null) {
      List<Properties> read = new ArrayList<>();
      for (Path file : List.of(workingFolder.resolve(FILE), userFile())) {
        if (Files.isRegularFile(file)) {
          read.add(read(file));
        }
      }
      files = read;
    }
    return files;
  }

  private Path userFile() {
    String home = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path config =
        home.isEmpty() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(home);
    return config.resolve("stitch").resolve(FILE);
  }

  private Properties read(Path file) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw StitchException.badInput(
              "cannot read '%s' (%s); expected UTF-8 lines such as 'anchors=100'",
              file, e.getMessage())
          .because(e);
    }
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (!known.contains(key)) {
        throw StitchException.usage(
            "'%s' sets '%s', which is no option; %ssee 'stitch --help'",
            file, key, NearestName.hint(key, known));
      }
    }
    return properties;
  }

  private static String variable(String option) {
    return PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !isSettable(option)) {
      return null;
    }
    List<Properties> read = files();
    String fromEnvironment = environment.getOrDefault(variable(name(option)), "");
    if (!fromEnvironment.isEmpty()) {
      return fromEnvironment;
    }
    return read.stream()
        .map(properties -> properties.getProperty(name(option)))
        .filter(value -> value != null)
        .findFirst()
        .orElse(null);
  }
}
