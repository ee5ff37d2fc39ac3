// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.internal.text.DisplayWidth;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.internal.data.DatasetCard;
import io.github.djlstitch.zoo.internal.data.Datasets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** What the command line says about itself, the zoo and the machine. */
final class HelpTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--help | stitch --encoder minilm --decoder bge-small-head",
        "encode --help | stitch encode --encoder minilm texts.txt --out texts.safetensors",
        "train --help | stitch --encoder minilm --decoder trec.safetensors",
        "card --help | stitch card minilm.safetensors --out minilm-card.safetensors",
        "translate --help | stitch translate queries.safetensors --from minilm-card.safetensors",
        "encode --help | stitch encode --encoder minilm texts.txt --relative 100 --out a.safetensors",
        "jshell --help | .relative(anchors)",
        "compare --help | stitch compare minilm.safetensors e5.safetensors",
        "anchors --help | stitch anchors --encoder minilm,bge-small --anchor-strategy fps",
        "report --help | stitch report grid table3 --out report.html",
        "reproduce --help | stitch reproduce table5 --data ../data",
        "zoo --help | Show one encoder's card",
        "zoo pull --help | NAME",
        "zoo verify --help | digests",
        "zoo list --help | List",
        "zoo info --help | NAME",
        "doctor --help | Exit code 5 if a number is wrong",
        "jshell --help | Stitch.encoder(\"minilm\").encode(\"hello\")",
        "completion --help | source <(stitch completion bash)",
      })
  void helpTeachesAndFitsEightyColumns(String command, String part) {
    Run run = Run.of(command.split(" ")).ok().narrow();
    assertTrue(run.out().contains(part), run.out());
    assertTrue(run.out().contains("Usage: stitch"), run.out());
    assertEquals("", run.err());
  }

  static Stream<CommandLine> commands() {
    var nowhere = new PrintWriter(new StringWriter());
    return withSubcommands(StitchCommandLine.of(nowhere, nowhere, Map.of(), Sample.folder()));
  }

  private static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(HelpTest::withSubcommands));
  }

  // Also of the commands that are added later.
  @ParameterizedTest
  @MethodSource("commands")
  void helpIsWholeSentencesInEightyColumns(CommandLine command) {
    String help = command.getUsageMessage();
    help.lines().forEach(line -> assertTrue(DisplayWidth.of(line) <= 80, line));
    String words = " " + help.replaceAll("\\s+", " ");
    for (ArgSpec argument : arguments(command)) {
      String text = flat(argument.description());
      assertTrue(text.matches("[A-Z].*[.]"), () -> command.getCommandName() + ": " + text);
      assertTrue(words.contains(" " + text + " "), text);
    }
    assertTrue(words.contains(flat(command.getCommandSpec().usageMessage().description())), help);
  }

  private static List<ArgSpec> arguments(CommandLine command) {
    var spec = command.getCommandSpec();
    return Stream.concat(spec.options().stream(), spec.positionalParameters().stream())
        .filter(argument -> !argument.hidden())
        .toList();
  }

  private static String flat(String... lines) {
    return String.join(" ", lines)
        .replace("%n", " ")
        .replace("%%", "%")
        .strip()
        .replaceAll("\\s+", " ");
  }

  @Test
  void theListOfCommandsCutsNoSentence() {
    String help = Run.of("--help").ok().out().replaceAll("\\s+", " ");
    for (CommandLine command : commands().skip(1).toList()) {
      String text = flat(command.getCommandSpec().usageMessage().description());
      boolean own = command.getParent().getParent() == null;
      String sentence = text.replaceFirst("(?<=[.]) [A-Z].*", "");
      assertTrue(!own || help.contains(" " + command.getCommandName() + " " + sentence), sentence);
    }
  }

  @Test
  void optionsStandUnderTheirTopics() {
    String help = Run.of("--help").ok().out();
    List<String> headings =
        Pattern.compile("(?m)^[A-Z].*:$").matcher(help).results().map(m -> m.group()).toList();
    assertEquals(
        List.of(
            "Options:",
            "Data:",
            "Methods:",
            "Anchors:",
            "Relative space:",
            "Heads:",
            "Encoders:",
            "Results:",
            "Cache, network and help:",
            "Commands:",
            "Exit codes:",
            "Elsewhere than on the command line:",
            "Examples:"),
        headings);
    assertTrue(help.matches("(?s).*\nData:\n  --dataset=DATA .*\nMethods:\n.*"), help);
  }

  @Test
  void helpListsTheExitCodes() {
    String help = Run.of("--help").ok().out();
    for (String code : List.of("0", "1", "2", "3", "4", "5", "6", "7", "130")) {
      assertTrue(help.matches("(?s).*\n  " + code + " +\\w.*"), code);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "zoo -V", "encode --version", "zoo info --version"})
  void theVersionIsOneLine(String command) {
    assertTrue(Run.of(command.split(" ")).ok().out().matches("stitch \\S+\\R"));
  }

  @Test
  void theZooListsEncodersWithLicences() {
    String out = Run.of("zoo", "list").ok().narrow().out();
    assertTrue(out.matches("(?s).*minilm +texts +384 +English +Apache-2.0 +9[01] MB\n.*"), out);
    assertTrue(out.matches("(?s).*rexnet +images +1280 +ImageNet-1k +MIT .*"), out);
    assertEquals(out, Run.of("zoo").ok().out());
  }

  @Test
  void helpAndTheZooListEveryDataFormat() {
    String help = Run.of("--help").ok().out();
    String encode = Run.of("encode", "--help").ok().out();
    String list = Run.of("zoo", "list").ok().out();
    for (String name : Datasets.names()) {
      assertTrue(help.matches("(?s).*[ ,]" + name + "[ ,:;(].*"), name);
      assertTrue(encode.matches("(?s).*[ ,]" + name + "[ ,:;(].*"), name);
    }
    Datasets.files()
        .forEach(
            (form, files) ->
                assertTrue(list.matches("(?s).*\n\\Q" + form + "\\E +\\Q" + files + "\\E\n.*")));
    for (DatasetCard card : Datasets.cards()) {
      assertTrue(list.contains("\n" + card.name() + " "), card.name());
    }
    String keys = String.join(",\\s+", DatasetOptions.columnKeys());
    assertTrue(help.matches("(?s).*where\\s+not\\s+" + keys + "\\..*"), help);
  }

  @Test
  void theZooShowsACard() {
    Run.of(Sample.pair()).ok();
    String out = Run.of("zoo", "info", "minilm").ok().out();
    assertTrue(out.contains("sentence-transformers/all-MiniLM-L6-v2"), out);
    assertTrue(out.matches("(?s).*weights sha256 +[0-9a-f]{64}\n.*unpacked +yes\n"), out);
    Run empty = Run.of("zoo", "info", "e5-small", "--cache-dir", folder.toString()).ok();
    assertTrue(empty.out().matches("(?s).*prefix +\"query: \"\n.*unpacked +at first use\n"));
  }

  @Test
  void theDoctorChecksTheMachine() {
    String out = Run.of("doctor").ok().narrow().out();
    assertTrue(out.matches("(?s).*\nalgebra +float64 +right .*"), out);
    assertTrue(out.matches("(?s).*\nminilm +right .*\nbge-small-zh +right .*"), out);
    assertTrue(out.endsWith("all well\n"), out);
  }
}
