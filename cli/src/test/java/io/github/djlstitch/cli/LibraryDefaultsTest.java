// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.cli.option.CodecOptions;
import io.github.djlstitch.cli.option.DataOptions;
import io.github.djlstitch.cli.option.PruningOptions;
import io.github.djlstitch.cli.option.SpaceOptions;
import io.github.djlstitch.core.measure.Resampling;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Irp;
import io.github.djlstitch.core.stitch.BridgeOptions;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.zoo.data.DatasetOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Without options the command line does what the library does by default. */
final class LibraryDefaultsTest {
  private static CommandLine parsed(String... arguments) {
    var nowhere = new PrintWriter(new StringWriter());
    Map<String, String> environment =
        Map.of("XDG_CONFIG_HOME", Sample.folder().resolve("no-config").toString());
    CommandLine command = StitchCommandLine.of(nowhere, nowhere, environment, Sample.folder());
    var result = command.parseArgs(arguments);
    return result.hasSubcommand()
        ? Objects.requireNonNull(result.subcommand()).commandSpec().commandLine()
        : command;
  }

  private static <T> T mixin(CommandLine command, Class<T> type) {
    return command.getCommandSpec().mixins().values().stream()
        .map(spec -> spec.userObject())
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Object value(CommandLine command, String option) {
    return command.getCommandSpec().findOption(option).getValue();
  }

  @Test
  void stitching() {
    CommandLine command = parsed();
    var usual = StitchDefaults.options(HeadOptions.defaults().head());
    var space = mixin(command, SpaceOptions.class);
    assertEquals(usual.similarity(), space.similarity());
    assertEquals(usual.centering(), space.centering());
    assertEquals(usual.seeds(), List.of(space.seed()));
    assertEquals(StitchDefaults.RUNS, value(command, "--seeds"));
    assertEquals(StitchDefaults.ANCHORS, space.anchors().count().orElseThrow());
    assertEquals(StitchDefaults.selector(), value(command, "--anchor-strategy"));
    assertEquals(
        usual.bridges(),
        mixin(command, PruningOptions.class)
            .in(BridgeOptions.defaults().withLambda(space.lambda())));
    assertEquals(List.of(Method.ABSOLUTE, Method.RELATIVE, Method.COORDINATES), usual.methods());
    assertEquals(HeadOptions.defaults(), space.head());
  }

  @Test
  void dataAndEncoders() {
    CommandLine command = parsed();
    assertEquals(DatasetOptions.defaults(), mixin(command, DataOptions.class).reading());
    var encoders = EncoderOptions.defaults();
    assertEquals(encoders.numbers(), value(command, "--dtype"));
    assertEquals(encoders.device(), value(command, "--device"));
    assertEquals(encoders.batch(), value(command, "--batch"));
  }

  @Test
  void cards() {
    CommandLine command = parsed("card", "x", "--out=y");
    var codec = mixin(command, CodecOptions.class);
    Irp irp = Irp.plain(Centering.ANCHORS);
    assertEquals(irp.centering(), codec.centering());
    assertEquals(irp.inverse().kind(), value(command, "--inverse"));
    assertEquals(irp.completion(), value(command, "--completion"));
    assertEquals(BridgeOptions.defaults(), codec.bridges());
    assertEquals(BridgeOptions.defaults().omega(), value(command, "--omega"));
  }

  @Test
  void comparison() {
    CommandLine command = parsed("compare", "x", "y");
    assertEquals(
        Resampling.DEFAULT,
        new Resampling(
            (Integer) value(command, "--permutations"),
            (Integer) value(command, "--bootstrap"),
            (Long) value(command, "--seed")));
  }
}
