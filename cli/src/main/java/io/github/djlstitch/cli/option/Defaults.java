// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.option.SettingsFile.Setting;
import io.github.djlstitch.core.internal.name.NearestName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Defaults of options from outside the command line: the environment ({@code STITCH_SPLIT_SIZE}),
 * then {@code stitch.properties} in the working folder ({@code split-size=...}), then the user's
 * own in {@code ~/.config/stitch/stitch.properties}.
 *
 * <p>A bare name sets the option of {@code stitch} itself, and that very option in every command
 * that shares it. An option that a command has for itself under this name is another one; a name
 * with the command before it sets it: {@code translate.method}, {@code STITCH_TRANSLATE_METHOD}.
 */
public final class Defaults implements IDefaultValueProvider {
  private static final String PREFIX = "STITCH_";
  private static final String ROOT = "stitch";
  public static final String FILE = "stitch.properties";

  private final Map<String, String> environment;
  private final Path workingFolder;
  // The option that a bare name means.
  private final Map<String, Object> bare = new TreeMap<>();
  private final Set<String> ambiguous = new TreeSet<>();
  private final Set<String> known = new TreeSet<>();
  private @Nullable List<SettingsFile> files;

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
    defaults.dropAmbiguous(command);
    return defaults;
  }

  /**
   * Tells if there may be defaults for options of other commands than the root: from a file, or
   * from a variable that none of the root's options has.
   */
  public static boolean areOfCommands(
      CommandLine root, Map<String, String> environment, Path workingFolder) {
    var own = new Defaults(environment, workingFolder);
    own.collect(root);
    return Files.exists(workingFolder.resolve(FILE))
        || Files.exists(own.userFile())
        || !own.warnings().isEmpty();
  }

  private void collect(CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (isSettable(option)) {
        Object first = bare.putIfAbsent(name(option), option.userObject());
        if (first != null && !first.equals(option.userObject())) {
          ambiguous.add(name(option));
        }
        known.add(name(option));
        known.add(scoped(option));
      }
    }
    command.getSubcommands().values().forEach(this::collect);
  }

  // The options of the main job come first; between those of two commands there is no first.
  private void dropAmbiguous(CommandLine root) {
    root.getCommandSpec().options().forEach(option -> ambiguous.remove(bareName(option)));
    bare.keySet().removeAll(ambiguous);
    known.removeAll(ambiguous);
  }

  private static String bareName(OptionSpec option) {
    return isSettable(option) ? name(option) : "";
  }

  private static boolean isSettable(OptionSpec option) {
    return option.longestName().startsWith("--") && !option.usageHelp() && !option.versionHelp();
  }

  private static String name(OptionSpec option) {
    return option.longestName().substring(2);
  }

  // stitch.method, translate.method, zoo.list.format
  private static String scoped(OptionSpec option) {
    String command = option.command().qualifiedName(".");
    String verb = command.startsWith(ROOT + ".") ? command.substring(ROOT.length() + 1) : command;
    return verb + "." + name(option);
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

  private List<SettingsFile> files() {
    if (files == null) {
      files =
          List.of(
              SettingsFile.ofFolder(workingFolder.resolve(FILE), known, userFile()),
              SettingsFile.ofUser(userFile(), known));
    }
    return files;
  }

  private Path userFile() {
    String home = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path config =
        home.isEmpty() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(home);
    return config.resolve("stitch").resolve(FILE);
  }

  /** The variable that sets what a key sets. */
  static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return setting(argument).map(Setting::value).orElse(null);
  }

  /**
   * The value of an option from outside the command line, and its source; empty if none sets it.
   */
  private Optional<Setting> setting(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !isSettable(option)) {
      return Optional.empty();
    }
    List<SettingsFile> read = files();
    Stream<String> keys =
        option.userObject().equals(bare.get(name(option)))
            ? Stream.of(scoped(option), name(option))
            : Stream.of(scoped(option));
    List<String> all = keys.toList();
    Stream<Setting> variables =
        all.stream()
            .map(Defaults::variable)
            .map(variable -> new Setting(environment.getOrDefault(variable, ""), variable))
            .filter(setting -> !setting.value().isEmpty());
    Stream<Setting> lines =
        read.stream()
            .flatMap(file -> all.stream().map(file.settings()::get).filter(Objects::nonNull));
    return Stream.concat(variables, lines).findFirst();
  }

  /**
   * The source of the value that a message is about, in words: nothing, if it is from the command
   * line.
   */
  public String source(CommandLine command, String message) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      Optional<Setting> setting = isGiven(command, option) ? Optional.empty() : setting(option);
      if (setting.filter(s -> isAbout(message, option, s)).isPresent()) {
        return " (from " + setting.get().source() + ")";
      }
    }
    return "";
  }

  private static boolean isGiven(CommandLine command, OptionSpec option) {
    return command.getParseResult() != null && command.getParseResult().hasMatchedOption(option);
  }

  private static boolean isAbout(String message, OptionSpec option, Setting setting) {
    return message.contains("'" + setting.value() + "'")
        || message.contains(option.longestName() + " ")
        || message.contains(option.longestName() + "'");
  }
}
