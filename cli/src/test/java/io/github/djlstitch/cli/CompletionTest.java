// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.cli.help.CompletionScript;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What bash offers behind a line, as its completion asks the script. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class CompletionTest {
  private static final String ASK =
      """
      . ./script
      COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
      _stitch
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("script"), Run.of("completion", "bash").ok().out());
    Files.writeString(folder.resolve("reviews.csv"), "");
    Files.writeString(folder.resolve("my head.safetensors"), "");
    Files.createDirectory(folder.resolve("reviews"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stitch --encoder minil | minilm",
        "stitch --encoder=minil | minilm",
        "./stitch -q --encoder minilm,e5 | minilm,e5-small",
        "stitch --encoder reviews/ | ''",
        "stitch --decoder minilm-head,e5 | minilm-head,e5-small-head",
        "stitch --decoder my | my\\ head.safetensors",
        "stitch --method irp-p | irp-pruned irp-parseval",
        "stitch --method auto,procr | auto,procrustes",
        "stitch --dataset cs | csv:",
        "stitch --dataset csv:rev | reviews/ reviews.csv_",
        "stitch --dataset wordn | wordnet_",
        "stitch --format m | markdown_",
        "stitch --head '' | linear_ mlp_",
        "stitch --center d | data_",
        "stitch --anchor-strategy fps- | fps-euclidean_",
        "stitch train --reads a | absolute_",
        "stitch translate --method pro | procrustes_",
        "stitch compare --measure cka,rsa-s | cka,rsa-spearman",
        "stitch reproduce irp-t | irp-table1_ irp-table2_",
        "stitch zoo pull minil | minilm_",
        "stitch zoo ver | verify_",
        "stitch --color never comple | completion_",
        "stitch completion '' | bash_ zsh_",
        "stitch encode --split- | --split-size_",
        "stitch --format json --no-such | ''",
      })
  void bashCompletes(String line, String expected) throws IOException, InterruptedException {
    List<String> found = complete(line.replace("''", ""));
    for (String word : expected.replace("\\ ", "\\~").split(" ", -1)) {
      String wanted = word.replace("\\~", "\\ ").replace('_', ' ');
      assertTrue(
          found.stream().anyMatch(f -> f.equals(wanted) || f.equals(wanted + " ")),
          () -> line + ": " + found);
    }
    assertTrue(found.size() <= 1 + expected.chars().filter(c -> c == ' ').count(), found::toString);
  }

  private List<String> complete(String line) throws IOException, InterruptedException {
    File errors = folder.resolve("errors").toFile();
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", ASK, "bash", line)
            .directory(folder.toFile())
            .redirectError(errors)
            .start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(bash.waitFor(60, TimeUnit.SECONDS));
    assertEquals("", Files.readString(errors.toPath()));
    return out.lines().toList();
  }

  @Test
  void theScriptIsTheSameForBothShells() {
    String script = Run.of("completion", "bash").ok().out();
    assertEquals(script, Run.of("completion", "zsh").ok().out());
    assertFalse(script.matches("(?s).*@[A-Z]+@.*"), script);
    Run.of("completion", "fish").refused(2, "no completion for 'fish'; known: bash, zsh");
  }

  // Also of the options that are added later: a word that is offered is taken.
  @Test
  void everyWordThatIsOfferedIsTaken() {
    var nowhere = new PrintWriter(new StringWriter());
    for (CommandLine command : HelpTest.commands().toList()) {
      var root = StitchCommandLine.of(nowhere, nowhere, Map.of(), Sample.folder());
      for (OptionSpec option : command.getCommandSpec().options()) {
        List<String> words = CompletionScript.words(option);
        assertTrue(!option.typeInfo().isEnum() || !words.isEmpty(), option.longestName());
        if (option.typeInfo().isEnum()) {
          for (String word : words) {
            List<String> line = new ArrayList<>(path(command));
            line.add(option.longestName() + "=" + word);
            parse(root, line);
          }
        }
      }
    }
  }

  private static List<String> path(CommandLine command) {
    List<String> path = new ArrayList<>();
    for (var c = command; c.getParent() != null; c = c.getParent()) {
      path.add(0, c.getCommandName());
    }
    return path;
  }

  private static void parse(CommandLine root, List<String> line) {
    try {
      root.parseArgs(line.toArray(String[]::new));
    } catch (CommandLine.MissingParameterException e) {
      // Options that are required besides.
    }
  }
}
