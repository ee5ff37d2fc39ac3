// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.NearestName;
import io.github.djlstitch.core.StitchException;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Builds the command line: commands, defaults, and failures as one line and an exit code. */
final class StitchCommandLine {
  static final int INTERNAL = 1;
  static final int USAGE = 2;
  static final int NEGATIVE = 6;
  static final int RESOURCES = 7;

  private StitchCommandLine() {}

  static CommandLine of(PrintWriter out, PrintWriter err, Map<String, String> environment) {
    var root = new StitchCommand();
    var command = new CommandLine(root);
    command.setOut(out);
    command.setErr(err);
    command.setUsageHelpAutoWidth(true);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setAbbreviatedOptionsAllowed(false);
    command.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            Terminal.colored("auto", environment) ? Ansi.ON : Ansi.OFF));
    command.setDefaultValueProvider(Defaults.of(command, environment, err));
    command.setParameterExceptionHandler(StitchCommandLine::usageError);
    command.setExecutionExceptionHandler(
        (failure, failed, parsed) -> failed(failure, failed, isVerbose(parsed)));
    return command;
  }

  private static int usageError(CommandLine.ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    if (failure.getCause() instanceof StitchException cause) {
      return failed(cause, command, false);
    }
    String message =
        String.valueOf(failure.getMessage()).lines().findFirst().orElse("wrong arguments");
    command.getErr().println("stitch: " + message + suggestion(failure) + help(command));
    return USAGE;
  }

  private static String suggestion(CommandLine.ParameterException failure) {
    if (failure instanceof CommandLine.UnmatchedArgumentException unmatched) {
      String wanted = unmatched.getUnmatched().get(0);
      CommandLine command = failure.getCommandLine();
      var known =
          wanted.startsWith("-")
              ? command.getCommandSpec().optionsMap().keySet()
              : command.getSubcommands().keySet();
      return "; " + NearestName.hint(wanted, known);
    }
    return "; ";
  }

  private static String help(CommandLine command) {
    return "see '" + command.getCommandSpec().qualifiedName() + " --help'";
  }

  private static boolean isVerbose(CommandLine.ParseResult parsed) {
    for (var result = parsed; result != null; result = result.subcommand()) {
      if (result.matchedOptionValue("-v", new boolean[0]).length > 1) {
        return true;
      }
    }
    return false;
  }

  private static int failed(Throwable failure, CommandLine command, boolean trace) {
    PrintWriter err = command.getErr();
    command.getOut().flush();
    err.println("stitch: " + describe(failure));
    if (trace) {
      failure.printStackTrace(err);
    }
    return exitCode(failure);
  }

  private static String describe(Throwable failure) {
    if (failure instanceof StitchException known) {
      return known.getMessage();
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory (" + failure.getMessage() + "); give Java more: JAVA_OPTS=-Xmx4g";
    }
    return "internal error: " + failure + "; run again with -vv and report what it prints";
  }

  private static int exitCode(Throwable failure) {
    if (failure instanceof StitchException known) {
      return switch (known.kind()) {
        case USAGE -> USAGE;
        case BAD_INPUT -> 3;
        case UNAVAILABLE -> 4;
        case VERIFICATION -> 5;
        case RESOURCES -> RESOURCES;
      };
    }
    return failure instanceof OutOfMemoryError ? RESOURCES : INTERNAL;
  }
}
