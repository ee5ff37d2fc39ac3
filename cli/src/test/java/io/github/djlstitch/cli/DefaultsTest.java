// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.cli.option.Defaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flag, then environment, then the working folder's file, then the user's, then the default. */
final class DefaultsTest {
  @TempDir Path working;
  @TempDir Path config;

  @Test
  void theNearestSettingWins() throws IOException {
    assertTrue(first(Map.of()).startsWith("minilm into"));
    user("format=markdown\n");
    assertTrue(out(Map.of()).contains("| --- |"));
    local("format: csv\n");
    assertTrue(first(Map.of()).startsWith("encoder,decoder"));
    assertEquals("{", first(Map.of("STITCH_FORMAT", "json")));
    assertTrue(first(Map.of("STITCH_FORMAT", "json"), "--format=table").startsWith("minilm into"));
  }

  @Test
  void anEmptyVariableSetsNothing() throws IOException {
    assertTrue(first(Map.of("STITCH_FORMAT", "")).startsWith("minilm into"));
  }

  @Test
  void anUnknownKeyIsAnErrorThatNamesTheNearest() throws IOException {
    local("splitsize=3\n");
    run(Map.of())
        .refused(2, "stitch.properties' line 1 sets 'splitsize'", "did you mean 'split-size'?");
    Files.delete(working.resolve(Defaults.FILE));
    user("no-such-thing=3\n");
    run(Map.of()).refused(2, "sets 'no-such-thing', which is no option; see 'stitch --help'");
  }

  @Test
  void aWrongValueIsAnError() throws IOException {
    local("# how often\nseeds=\\\n  many\n");
    run(Map.of()).refused(2, "'--seeds'", "'many'", "(from '", "stitch.properties' line 2)");
    run(Map.of("STITCH_SEEDS", "1", "STITCH_DTYPE", "half"))
        .refused(2, "no number type 'half'", "(from STITCH_DTYPE)");
    run(Map.of("STITCH_SEEDS", "0")).refused(2, "--seeds 0; expected", "(from STITCH_SEEDS)");
    run(Map.of("STITCH_SEEDS", "1"), "--seeds=0").refused(2, "--seeds 0; expected at least 1");
    run(Map.of("STITCH_STITCH_METHOD", "relatif", "STITCH_SEEDS", "1"))
        .refused(2, "'relatif'", "(from STITCH_STITCH_METHOD)");
  }

  @Test
  void aFileThatIsNoTextIsBadInput() throws IOException {
    Files.write(working.resolve(Defaults.FILE), new byte[] {'a', '=', (byte) 0xff});
    run(Map.of()).refused(3, "cannot read", "stitch.properties");
    local("anchors=\\u00zz\n");
    run(Map.of()).refused(3, "cannot read", "stitch.properties");
  }

  @Test
  void aMisspeltVariableIsAWarning() {
    Run run =
        Run.with(Map.of("STITCH_SPLITSIZE", "3", "STITCH_QQQQQQQQQ", "1"), "zoo", "list").ok();
    assertEquals(
        """
        warning: environment variable 'STITCH_QQQQQQQQQ' sets no option; remove it
        warning: environment variable 'STITCH_SPLITSIZE' sets no option; did you mean\
         'STITCH_SPLIT_SIZE'?
        """,
        run.err());
  }

  // The case shared/cases/hostile/trust-code-by-properties, and its siblings.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "trust-code=true",
        "out=../elsewhere",
        "cache-dir=/tmp/x",
        "report=x.html",
        "offline=false",
        "encoder=hf:some/one",
        "decoder=x.json",
        "encode.out=/tmp/x.safetensors",
        "stitch.trust-code: true",
        "tr\\u0075st-code=true"
      })
  void aWorkingFolderGrantsNoTrustAndNamesNoPlace(String line) throws IOException {
    local("seed=1\n" + line + "\n");
    String key = line.replaceFirst("[=:].*", "").replace("\\u0075", "u");
    run(Map.of())
        .refused(
            2,
            "stitch.properties' line 2 sets '" + key + "'",
            "on the command line",
            "STITCH_" + key.toUpperCase(Locale.ROOT).replaceAll("[-.]", "_"),
            config.resolve("stitch").resolve(Defaults.FILE).toString());
    Files.delete(working.resolve(Defaults.FILE));
  }

  @Test
  void theUsersOwnFileMaySetAll() throws IOException {
    user("trust-code=false\ncache-dir=" + Sample.cache() + "\n");
    assertTrue(first(Map.of()).startsWith("minilm into"));
  }

  @Test
  void aSettingOfTheMainJobDoesNotReachOtherCommands() throws IOException {
    local("method=coordinates\n");
    var nowhere = working.resolve("none.safetensors").toString();
    String[] translate = {
      "translate", nowhere, "--from", nowhere, "--to", nowhere, "--out", nowhere + ".safetensors"
    };
    Run.in(working, Map.of("XDG_CONFIG_HOME", config.toString()), translate)
        .refused(3, "none.safetensors");
    local("translate.method=nonesuch\n");
    Run.in(working, Map.of("XDG_CONFIG_HOME", config.toString()), translate)
        .refused(2, "'nonesuch'", "line 1)");
    assertTrue(first(Map.of()).startsWith("minilm into"));
    local("k=3\n");
    run(Map.of()).refused(2, "sets 'k', which is no option");
  }

  @Test
  void argumentsMayComeFromAFile() throws IOException {
    Path file = working.resolve("arguments");
    Files.writeString(file, "--encoder minilm\n# a comment\n--decoder minilm-heda\n");
    Run.of("@" + file).refused(2, "did you mean 'minilm-head'?");
    Run.of("@" + working.resolve("missing")).refused(2, "missing");
  }

  private void local(String text) throws IOException {
    Files.writeString(working.resolve(Defaults.FILE), text);
  }

  private void user(String text) throws IOException {
    Path folder = Files.createDirectories(config.resolve("stitch"));
    Files.writeString(folder.resolve(Defaults.FILE), text);
  }

  private String first(Map<String, String> environment, String... more) {
    return out(environment, more).lines().findFirst().orElse("");
  }

  private String out(Map<String, String> environment, String... more) {
    return run(environment, more).ok().out();
  }

  private Run run(Map<String, String> environment, String... more) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("STITCH_CACHE_DIR", Sample.cache().toString());
    variables.put("STITCH_METHOD", "relative");
    variables.put("XDG_CONFIG_HOME", config.toString());
    return Run.in(working, variables, Sample.pair(more));
  }
}
