// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Commands that the arguments do not name are not made; a user must not notice. */
final class NeededCommandsTest {
  private static final Map<String, String> ALONE =
      Map.of("XDG_CONFIG_HOME", Sample.folder().resolve("no-config").toString());

  private static CommandLine whole() {
    var nowhere = new PrintWriter(new StringWriter());
    return StitchCommandLine.of(nowhere, nowhere, ALONE, Sample.folder());
  }

  private static CommandLine needed(Map<String, String> environment, String... arguments) {
    var nowhere = new PrintWriter(new StringWriter());
    return StitchCommandLine.of(nowhere, nowhere, environment, Sample.folder(), List.of(arguments));
  }

  private static int options(CommandLine root, String command) {
    return Objects.requireNonNull(root.getSubcommands().get(command))
        .getCommandSpec()
        .options()
        .size();
  }

  static Stream<List<String>> lines() {
    Stream<List<String>> commands =
        whole().getSubcommands().keySet().stream().map(name -> List.of(name, "--help"));
    return Stream.concat(
        commands,
        Stream.of(
            List.of("--help"),
            List.of("migrate", "plan", "--help"),
            List.of("zoo", "cache", "--help"),
            List.of("--version"),
            List.of("encdoe"),
            List.of("--encodr", "x"),
            List.of("encode", "--dtpye", "x"),
            List.of("completion", "bash")));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void sameWordsAsWithAllCommands(List<String> arguments) {
    Run some = Run.in(Sample.folder(), ALONE, arguments.toArray(String[]::new));
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        StitchCommandLine.of(new PrintWriter(out), new PrintWriter(err), ALONE, Sample.folder())
            .execute(arguments.toArray(String[]::new));
    assertEquals(code, some.code());
    assertEquals(out.toString(), some.out());
    assertEquals(err.toString(), some.err());
  }

  @Test
  void onlyNamedCommandsHaveTheirOptions() {
    CommandLine root = needed(ALONE, "encode", "--help");
    assertEquals(options(whole(), "encode"), options(root, "encode"));
    assertEquals(0, options(root, "translate"));
    assertEquals(whole().getSubcommands().keySet(), root.getSubcommands().keySet());
  }

  @Test
  void settingsOfCommandsNeedThemAll(@TempDir Path folder) throws Exception {
    Map<String, String> own =
        Map.of("XDG_CONFIG_HOME", ALONE.get("XDG_CONFIG_HOME"), "STITCH_CACHE_DIR", "x");
    assertEquals(0, options(needed(own, "encode"), "translate"));
    Map<String, String> other =
        Map.of("XDG_CONFIG_HOME", ALONE.get("XDG_CONFIG_HOME"), "STITCH_TRANSLATE_METHOD", "auto");
    assertTrue(options(needed(other, "encode"), "translate") > 0);
    Files.writeString(
        Files.createDirectories(folder.resolve("stitch")).resolve("stitch.properties"),
        "translate.method=auto\n");
    Map<String, String> file = Map.of("XDG_CONFIG_HOME", folder.toString());
    assertTrue(options(needed(file, "encode"), "translate") > 0);
  }

  @Test
  void fileOfArgumentsMayNameAnyCommand(@TempDir Path folder) throws Exception {
    Path arguments = Files.writeString(folder.resolve("arguments"), "translate --help\n");
    assertTrue(options(needed(ALONE, "@" + arguments), "translate") > 0);
  }
}
