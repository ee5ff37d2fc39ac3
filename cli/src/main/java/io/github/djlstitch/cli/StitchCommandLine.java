// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.cli.command.Commands;
import io.github.djlstitch.cli.command.EncodeCommand;
import io.github.djlstitch.cli.command.StitchCommand;
import io.github.djlstitch.cli.console.ExitCode;
import io.github.djlstitch.cli.console.Terminal;
import io.github.djlstitch.cli.console.TerminalWriter;
import io.github.djlstitch.cli.console.TimeSplit;
import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.cli.help.HelpPage;
import io.github.djlstitch.cli.option.Choice;
import io.github.djlstitch.cli.option.Defaults;
import io.github.djlstitch.cli.option.PromptOptions;
import io.github.djlstitch.cli.option.RelativeOptions;
import io.github.djlstitch.cli.option.Texts;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.measure.SpaceTransform;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.core.migrate.Side;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.Irp.Completion;
import io.github.djlstitch.core.relative.Irp.Inverse;
import io.github.djlstitch.core.relative.OutputNorm;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import io.github.djlstitch.report.Format;
import io.github.djlstitch.report.Predictions;
import io.github.djlstitch.zoo.internal.data.TextInputs;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Builds the command line: commands, defaults, and failures as one line and an exit code. */
final class StitchCommandLine {
  private StitchCommandLine() {}

  /**
   * The command line for some arguments, as it is in a working folder, whose {@code
   * stitch.properties} it reads.
   */
  static CommandLine of(
      PrintWriter out,
      PrintWriter err,
      Map<String, String> environment,
      Path workingFolder,
      List<String> arguments) {
    var root = new CommandLine(new StitchCommand());
    boolean all = Defaults.areOfCommands(root, environment, workingFolder);
    Commands.add(root, all ? name -> true : Commands.namedBy(arguments));
    return setUp(root, out, err, environment, workingFolder);
  }

  /** The same with all commands whole, for whatever arguments. */
  static CommandLine of(
      PrintWriter out, PrintWriter err, Map<String, String> environment, Path workingFolder) {
    var root = new CommandLine(new StitchCommand());
    Commands.add(root, name -> true);
    return setUp(root, out, err, environment, workingFolder);
  }

  private static CommandLine setUp(
      CommandLine command,
      PrintWriter out,
      PrintWriter err,
      Map<String, String> environment,
      Path workingFolder) {
    command.setResourceBundle(new Texts());
    command.setOut(new PrintWriter(new TerminalWriter(out)));
    command.setErr(new PrintWriter(new TerminalWriter(err), true));
    command.setUsageHelpAutoWidth(true);
    HelpPage.layOut(command);
    command.setAbbreviatedOptionsAllowed(false);
    command.setAllowSubcommandsAsOptionParameters(true); // --center anchors
    command.getSubcommands().values().forEach(StitchCommandLine::tellVersion);
    command.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            Terminal.showsColors(environment) ? Ansi.ON : Ansi.OFF));
    registerValues(command);
    Defaults defaults = Defaults.of(command, environment, workingFolder);
    defaults
        .warnings()
        .forEach(warning -> command.getErr().println("warning: " + Printable.line(warning)));
    command.setDefaultValueProvider(defaults);
    command.setExecutionStrategy(StitchCommandLine::execute);
    command.setParameterExceptionHandler(
        (failure, arguments) -> usageError(failure, sources(defaults, failure.getCommandLine())));
    command.setExecutionExceptionHandler(
        (failure, failed, parsed) ->
            failed(failure, failed, verbosity(parsed) > 1, sources(defaults, failed)));
    return command;
  }

  private static void registerValues(CommandLine command) {
    Choice.register(command, "number type", NumberType.class);
    Choice.register(command, "pooling", Pooling.class);
    Choice.register(command, "format", Format.class);
    Choice.register(command, "format", Predictions.Form.class);
    Choice.register(command, "input format", TextInputs.Form.class);
    Choice.register(command, "space", DecoderSpec.Reads.class);
    Choice.register(command, "codec", CodecSpec.Kind.class);
    Choice.register(command, "norm", OutputNorm.class);
    Choice.register(command, "transform", SpaceTransform.class);
    RelativeOptions.register(command);
    PromptOptions.register(command);
    Choice.register(command, "inverse", Inverse.Kind.class);
    Choice.register(command, "completion", Completion.class);
    command.registerConverter(AnchorSelector.class, AnchorSelector::named);
    command.registerConverter(Path.class, StitchCommandLine::path);
    Choice.register(command, "split", EncodeCommand.Part.class);
    Choice.register(command, "side", Side.class);
    Choice.register(command, "color setting", Terminal.Color.class);
  }

  private static void tellVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new Version());
    command.getSubcommands().values().forEach(StitchCommandLine::tellVersion);
  }

  // picocli passes exceptions to the handler above, but not errors such as no memory.
  private static int execute(CommandLine.ParseResult parsed) {
    CommandLine command = parsed.commandSpec().commandLine();
    int verbosity = verbosity(parsed);
    Optional<TimeSplit> time = verbosity > 0 ? Optional.of(TimeSplit.begin()) : Optional.empty();
    try {
      int code = new CommandLine.RunLast().execute(parsed);
      time.ifPresent(split -> command.getErr().println(split.line()));
      return code;
    } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
      return failed(e, command, verbosity > 1, message -> "");
    }
  }

  // The source of the value that a message is about, if it is not from the command line.
  private static UnaryOperator<String> sources(Defaults defaults, CommandLine command) {
    return message -> {
      try {
        return defaults.source(command, message);
      } catch (StitchException e) {
        return ""; // the message is about the file itself
      }
    };
  }

  private static int usageError(
      CommandLine.ParameterException failure, UnaryOperator<String> sources) {
    CommandLine command = failure.getCommandLine();
    if (failure.getCause() instanceof StitchException cause) {
      return failed(cause, command, false, sources);
    }
    String message = String.valueOf(failure.getMessage());
    String line = message + sources.apply(message) + suggestion(failure) + help(command);
    command.getErr().println("stitch: " + Printable.line(line));
    return ExitCode.USAGE;
  }

  private static String suggestion(CommandLine.ParameterException failure) {
    if (failure instanceof CommandLine.UnmatchedArgumentException unmatched) {
      String wanted = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
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

  private static int verbosity(CommandLine.ParseResult parsed) {
    int most = 0;
    for (var result = parsed; result != null; result = result.subcommand()) {
      most = Math.max(most, result.matchedOptionValue("-v", new boolean[0]).length);
    }
    return most;
  }

  private static int failed(
      Throwable thrown, CommandLine command, boolean trace, UnaryOperator<String> sources) {
    Throwable failure = memoryOr(thrown);
    PrintWriter err = command.getErr();
    command.getOut().flush();
    String message = describe(failure);
    err.println("stitch: " + Printable.line(message + sources.apply(message)));
    if (trace) {
      thrown.printStackTrace(err);
    }
    return ExitCode.of(failure);
  }

  // Libraries wrap it in failures of their own, which would blame something else.
  private static Throwable memoryOr(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return cause;
      }
    }
    return thrown;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw unreadable(e);
    }
  }

  // Mostly a name that Java received in the character set of another locale.
  private static StitchException unreadable(InvalidPathException failure) {
    return StitchException.usage(
            "'%s' is no path here: %s; names beyond ASCII need a locale that has them, such as"
                + " LC_ALL=C.UTF-8",
            Printable.of(failure.getInput()), failure.getReason())
        .because(failure);
  }

  private static String describe(Throwable failure) {
    if (failure instanceof InvalidPathException path) {
      return unreadable(path).getMessage();
    }
    if (failure instanceof StitchException known) {
      return known.getMessage();
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory (" + failure.getMessage() + "); give Java more: JAVA_OPTS=-Xmx4g";
    }
    return "internal error: " + failure + "; run again with -vv and report what it prints";
  }
}
