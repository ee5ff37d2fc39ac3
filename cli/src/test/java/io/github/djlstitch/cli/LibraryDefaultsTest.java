// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.measure.Resampling;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.IrpOptions;
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

  @Test
  void stitching() {
    StitchCommand command = parsed().getCommand();
    var usual = StitchDefaults.options(HeadOptions.defaults().describe());
    assertEquals(usual.similarity(), command.space.similarity());
    assertEquals(usual.centering(), command.space.centering());
    assertEquals(usual.seeds(), List.of(command.space.seed));
    assertEquals(StitchDefaults.RUNS, command.seeds);
    assertEquals(StitchDefaults.ANCHORS, command.space.anchors.count().orElseThrow());
    assertEquals(StitchDefaults.selector(), command.space.anchors.strategy);
    assertEquals(
        usual.bridges(),
        command.pruning.in(BridgeOptions.defaults().withLambda(command.space.lambda())));
    assertEquals(List.of(Method.ABSOLUTE, Method.RELATIVE, Method.COORDINATES), usual.methods());
    assertEquals(HeadOptions.defaults(), command.space.head());
  }

  @Test
  void dataAndEncoders() {
    StitchCommand command = parsed().getCommand();
    assertEquals(DatasetOptions.defaults(), command.data.reading());
    var encoders = EncoderOptions.defaults();
    assertEquals(encoders.numbers(), command.common.dtype);
    assertEquals(encoders.device(), command.common.device);
    assertEquals(encoders.batch(), command.common.batch);
  }

  @Test
  void cards() {
    CardCommand command = parsed("card", "x", "--out=y").getCommand();
    IrpOptions irp = IrpOptions.plain(Centering.ANCHORS);
    assertEquals(irp.centering(), command.codec.centering());
    assertEquals(irp.inverse().kind(), command.codec.inverse);
    assertEquals(irp.completion(), command.codec.completion);
    assertEquals(BridgeOptions.defaults(), command.codec.bridges());
    assertEquals(BridgeOptions.defaults().omega(), command.codec.omega);
  }

  @Test
  void comparison() {
    CompareCommand command = parsed("compare", "x", "y").getCommand();
    assertEquals(
        Resampling.DEFAULT, new Resampling(command.permutations, command.draws, command.seed));
  }
}
