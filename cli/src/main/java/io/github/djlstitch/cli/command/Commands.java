// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.jshell.JshellCommand;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands beside the main job. Reading all their options takes longer than many a command
 * itself, so those that are not needed have their names and descriptions only.
 */
public final class Commands {
  private static final List<Class<?>> ALL =
      List.of(
          EncodeCommand.class,
          TrainCommand.class,
          PredictCommand.class,
          ExportCommand.class,
          CardCommand.class,
          TranslateCommand.class,
          MigrateCommand.class,
          CompareCommand.class,
          AnchorsCommand.class,
          ReproduceCommand.class,
          ReportCommand.class,
          ZooCommand.class,
          DoctorCommand.class,
          JshellCommand.class,
          CompletionCommand.class);

  private Commands() {}

  /** Adds all of them to the main job, whole where their name is needed. */
  public static void add(CommandLine root, Predicate<String> needed) {
    for (Class<?> type : ALL) {
      Command command = type.getAnnotation(Command.class);
      root.addSubcommand(
          command.name(), needed.test(command.name()) ? new CommandLine(type) : outline(command));
    }
  }

  /**
   * Tells by the arguments which commands are needed. A completion script is about all of them, and
   * a file of arguments may name any.
   */
  public static Predicate<String> namedBy(List<String> arguments) {
    boolean all =
        arguments.contains("completion") || arguments.stream().anyMatch(a -> a.startsWith("@"));
    return name -> all || arguments.contains(name);
  }

  private static CommandLine outline(Command command) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(command.description());
    return new CommandLine(spec);
  }
}
