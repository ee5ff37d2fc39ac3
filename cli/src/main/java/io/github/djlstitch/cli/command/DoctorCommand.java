// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.ExitCode;
import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.OutputPlace;
import io.github.djlstitch.cli.report.Listing;
import io.github.djlstitch.core.engine.EngineInfo;
import io.github.djlstitch.core.internal.engine.KernelCheck;
import io.github.djlstitch.core.internal.engine.KernelCheck.State;
import io.github.djlstitch.core.internal.engine.KernelCheck.Verdict;
import io.github.djlstitch.core.internal.engine.Processor;
import io.github.djlstitch.report.Blocks;
import io.github.djlstitch.report.Blocks.Block;
import io.github.djlstitch.report.Blocks.Lines;
import io.github.djlstitch.report.Format;
import io.github.djlstitch.report.TextTable;
import io.github.djlstitch.zoo.KnownAnswers;
import io.github.djlstitch.zoo.KnownAnswers.Answer;
import io.github.djlstitch.zoo.ModelZoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks the machine. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Check platform, JVM, engine, devices and cache, and that numbers are right.",
      "Small products, convolutions and decompositions are compared with loops in",
      "Java, and a sentence or a picture through each encoder that comes with the",
      "build with the reference library.",
      "Exit code 5 if a number is wrong."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class DoctorCommand implements Callable<Integer> {
  @Mixin FormatOption output;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    Console console = common.console();
    ModelZoo zoo = common.zoo(console);
    Map<String, String> machine = machine();
    tell(console, table(machine));
    List<Verdict> verdicts = KernelCheck.run();
    tell(console, Lines.blank(), table(verdicts));
    console.say(
        "checking the encoders that come with the build; they are unpacked at first use ...");
    List<Answer> answers = KnownAnswers.stored().ask(zoo);
    List<String> wrong = wrong(verdicts, answers);
    Lines verdict = Lines.of(wrong.isEmpty() ? "all well" : String.join("\n", wrong));
    tell(console, Lines.blank(), answerTable(answers), Lines.blank(), verdict);
    if (output.format() != Format.TABLE) {
      console.print(listing(machine, verdicts, answers).report().in(output.format()));
    }
    return wrong.isEmpty() ? 0 : ExitCode.VERIFICATION;
  }

  // As soon as it is known; other forms are whole documents.
  private void tell(Console console, Block... blocks) {
    if (output.format() == Format.TABLE) {
      console.print(Blocks.of(blocks).text(false));
    }
  }

  private static Listing listing(
      Map<String, String> machine, List<Verdict> verdicts, List<Answer> answers) {
    var all = new Listing("doctor", "part", "name", "found", "difference");
    machine.forEach((name, value) -> all.row("machine", name, value, ""));
    for (Verdict v : verdicts) {
      all.row("kernels", v.family() + ", " + v.numbers(), word(v.state()), difference(v));
    }
    answers.forEach(a -> all.row("encoder", a.encoder(), word(a), difference(a)));
    return all;
  }

  private Map<String, String> machine() {
    Runtime runtime = Runtime.getRuntime();
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("processor", processor(Processor.current()));
    machine.put(
        "java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor"));
    machine.put("cores", Integer.toString(runtime.availableProcessors()));
    machine.put("heap", (runtime.maxMemory() >> 20) + " MiB at most");
    machine.put("engine", EngineInfo.describe());
    String set =
        EngineInfo.environment().stream()
            .flatMap(s -> s.value().map(value -> s.variable() + "=" + value).stream())
            .collect(Collectors.joining(", "));
    machine.put("set", set);
    machine.put("GPUs", Integer.toString(EngineInfo.gpuCount()));
    machine.put("cache", cache(common.cache()));
    return machine;
  }

  private static TextTable table(Map<String, String> machine) {
    var table = new TextTable("stitch", Version.text());
    machine.forEach(
        (name, value) ->
            Stream.of("set".equals(name) ? value.split(", ", -1) : new String[] {value})
                .filter(part -> !part.isEmpty())
                .forEach(part -> table.row(name, part)));
    return table.leftAligned();
  }

  private static String processor(Processor processor) {
    return processor.model() + (processor.hidesCaches() ? ", hides its caches" : "");
  }

  private static TextTable table(List<Verdict> verdicts) {
    var table = new TextTable("kernels", "numbers", "answer", "difference").labelled(3);
    for (Verdict v : verdicts) {
      table.row(v.family(), v.numbers(), word(v.state()), difference(v));
    }
    return table;
  }

  private static String difference(Verdict verdict) {
    return verdict.state() == State.ABSENT ? "" : verdict.found();
  }

  private static String word(State state) {
    return switch (state) {
      case RIGHT -> "right";
      case ABSENT -> "none: float32 is faster";
      case WRONG -> "WRONG";
    };
  }

  private static TextTable answerTable(List<Answer> answers) {
    var table = new TextTable("encoder", "answer", "difference").labelled(2);
    for (Answer a : answers) {
      table.row(a.encoder(), word(a), difference(a));
    }
    return table;
  }

  private static String word(Answer answer) {
    return answer.right() ? "right" : "WRONG";
  }

  private static String difference(Answer answer) {
    return String.format(Locale.ROOT, "%.1e", answer.largestDifference());
  }

  /** A line for each number that is wrong. */
  public static List<String> wrong(List<Verdict> verdicts, List<Answer> answers) {
    List<String> lines = new ArrayList<>();
    for (Verdict v : verdicts) {
      if (v.isWrong()) {
        lines.add(
            "not well: %s in %s are wrong here (%s); what is done: %s"
                .formatted(v.family(), v.numbers(), v.found(), v.remedy()));
      }
    }
    for (Answer a : answers) {
      if (!a.right()) {
        lines.add(
            "not well: %s gives wrong vectors here; do not use it, and report the table above"
                .formatted(a.encoder()));
      }
    }
    return lines;
  }

  private static String cache(Path folder) {
    OutputPlace.requireFolder("--cache-dir", folder);
    return folder + (Files.exists(folder) ? "" : " (made at first use)");
  }
}
