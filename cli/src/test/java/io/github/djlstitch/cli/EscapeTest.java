// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.cli.console.TerminalWriter;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.report.Format;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names from files reach no medium with a meaning there: terminal, CSV, Markdown, JSON. */
final class EscapeTest {
  // From shared/cases/hostile/an.json: a formula, a window title, a color; and what else steers.
  private static final String NASTY =
      "=cmd|x,\u001b]0;PWN\u0007\u001b[31mred\u009b2J\u202eabc\u2066\u200e\u2028<img src=x>[a](b)\r\n=1+1";

  @TempDir Path folder;

  private Path anchors() throws IOException {
    String json =
        "{\"schema\": \"1\", \"kind\": \"anchors\", \"count\": 2, \"strategy\": \""
            + quoted(NASTY)
            + "\", \"seed\": 0, \"sha256\":"
            + " \"c790be3712b59e2adf008aa6801a568cb97dfe2a048208811b11b1640a8fb255\","
            + " \"ids\": [\"row-1\", \"row-2\"]}";
    return Files.writeString(folder.resolve("an.json"), json);
  }

  private static String quoted(String text) {
    var out = new StringBuilder();
    text.chars().forEach(c -> out.append("\\u%04x".formatted(c)));
    return out.toString();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void noFormatLetsANameSteerATerminal(Format format) throws IOException {
    Path csv = folder.resolve("d.csv");
    Files.writeString(
        csv,
        "text,label,split\na,\""
            + NASTY
            + "\",train\nb,x,train\nc,x,test\nd,\""
            + NASTY
            + "\",test\n");
    Run run =
        Run.of(
            "--encoder=minilm",
            "--decoder=minilm-head",
            "--dataset=csv:" + csv,
            "--anchors=2",
            "--method=relative",
            "--format=" + format.id());
    requireHarmless(run.out());
    requireHarmless(run.err());
    Run listed =
        Run.of(
            "anchors",
            "--encoder=minilm",
            "--dataset=csv:" + csv,
            "--anchors",
            anchors().toString(),
            "--format=" + format.id());
    requireHarmless(listed.out());
    requireHarmless(listed.err());
    if (format == Format.CSV) {
      assertFalse(listed.out().matches("(?sm).*(^|,)\"?[=+@-][a-z].*"), listed.out());
    }
    if (format == Format.MARKDOWN) {
      assertFalse(listed.out().contains("<img"), listed.out());
    }
  }

  @Test
  void neitherDoFileNamesVariablesAndFailures() throws IOException {
    String name = "a\u001b[2J\u202e\u2028\u0085b";
    requireHarmless(
        Run.of("encode", "--encoder=minilm", name + ".txt", "--out=x.safetensors").err());
    requireHarmless(Run.of("--encoder=" + name, "--decoder=minilm-head").err());
    requireHarmless(Run.of("zoo", "info", name).err());
    requireHarmless(Run.of(name).err());
    requireHarmless(
        Run.of("--dataset=csv:" + name, "-vv", "--encoder=minilm", "--decoder=all").err());
    requireHarmless(Run.with(Map.of("STITCH_" + name, "x"), "zoo", "list").err());
    Files.writeString(folder.resolve("stitch.properties"), name + "=1\n");
    requireHarmless(
        Run.in(folder, Map.of("XDG_CONFIG_HOME", folder.toString()), "zoo", "list").err());
  }

  @Test
  void ourOwnSequencesStay() throws IOException {
    var written = new StringWriter();
    try (var terminal = new TerminalWriter(written)) {
      terminal.write("\r\u001b[K\u001b[1mbold\u001b[0m\ta\r\nb\rc\u001b[2J\u001b[?7l");
    }
    assertEquals("\r\u001b[K\u001b[1mbold\u001b[0m\ta\r\nb?c?[2J\u001b[?7l", written.toString());
  }

  private static void requireHarmless(String shown) {
    String rest = shown.replace("\r\n", "\n");
    rest.codePoints()
        .forEach(
            c ->
                assertTrue(
                    c == '\n' || c == '\t' || !Printable.steers(c),
                    () -> "%x in %s".formatted(c, rest)));
  }

  @Test
  void visibleTextStaysAsItIs() {
    String text = "caf\u00e9 \u4e2d\u6587 \ud83d\ude00 <b> 100 %";
    assertEquals(text, Printable.line(text));
    assertEquals("a b?c", Printable.line("a \r\n b\u200bc"));
  }
}
