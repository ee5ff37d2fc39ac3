// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.ExitCode;
import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.OutputPlace;
import io.github.djlstitch.core.engine.EngineInfo;
import io.github.djlstitch.core.internal.engine.KernelCheck;
import io.github.djlstitch.core.internal.engine.KernelCheck.State;
import io.github.djlstitch.core.internal.engine.KernelCheck.Verdict;
import io.github.djlstitch.core.internal.engine.Processor;
import io.github.djlstitch.report.Blocks;
import io.github.djlstitch.report.Blocks.Lines;
import io.github.djlstitch.report.TextTable;
import io.github.djlstitch.zoo.KnownAnswers;
import io.github.djlstitch.zoo.KnownAnswers.Answer;
import io.github.djlstitch.zoo.ModelZoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    Console console = common.console();
    ModelZoo zoo = common.zoo(console);
    console.print(Blocks.of(machine()).text(false));
    List<Verdict> verdicts = KernelCheck.run();
    console.print(Blocks.of(Lines.blank(), table(verdicts)).text(false));
    console.say(
        "checking the encoders that come with the build; they are unpacked at first use ...");
    List<Answer> answers = KnownAnswers.stored().ask(zoo);
    List<String> wrong = wrong(verdicts, answers);
    Lines verdict = Lines.of(wrong.isEmpty() ? "all well" : String.join("\n", wrong));
    console.print(
        Blocks.of(Lines.blank(), answerTable(answers), Lines.blank(), verdict).text(false));
    return wrong.isEmpty() ? 0 : ExitCode.VERIFICATION;
  }

  private TextTable machine() {
    Runtime runtime = Runtime.getRuntime();
    var table =
        new TextTable("stitch", Version.text())
            .leftAligned()
            .row("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
            .row("processor", processor(Processor.current()))
            .row(
                "java",
                System.getProperty("java.version") + ", " + System.getProperty("java.vendor"))
            .row("cores", Integer.toString(runtime.availableProcessors()))
            .row("heap", (runtime.maxMemory() >> 20) + " MiB at most")
            .row("engine", EngineInfo.describe());
    for (EngineInfo.Setting setting : EngineInfo.environment()) {
      setting.value().ifPresent(value -> table.row("set", setting.variable() + "=" + value));
    }
    return table
        .row("GPUs", Integer.toString(EngineInfo.gpuCount()))
        .row("cache", cache(common.cache()));
  }

  private static String processor(Processor processor) {
    return processor.model() + (processor.hidesCaches() ? ", hides its caches" : "");
  }

  private static TextTable table(List<Verdict> verdicts) {
    var table = new TextTable("kernels", "numbers", "answer", "difference").labelled(3);
    for (Verdict v : verdicts) {
      boolean absent = v.state() == State.ABSENT;
      table.row(v.family(), v.numbers(), word(v.state()), absent ? "" : v.found());
    }
    return table;
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
      String difference = String.format(Locale.ROOT, "%.1e", a.largestDifference());
      table.row(a.encoder(), a.right() ? "right" : "WRONG", difference);
    }
    return table;
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
