// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.EngineWarnings;
import io.github.djlstitch.cli.console.Heartbeat;
import io.github.djlstitch.cli.console.Screen;
import io.github.djlstitch.cli.console.Setting;
import io.github.djlstitch.cli.console.Terminal;
import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command that computes. */
@About(Topic.SYSTEM)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class CommonOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = {
        "Where models, encodings and heads are kept",
        "(default: ~/.cache/djl-stitch)."
      })
  @Nullable Path cacheDir;

  @About(Topic.ENCODERS)
  @Option(
      completionCandidates = Words.Devices.class,
      names = "--device",
      paramLabel = "NAME",
      defaultValue = EncoderOptions.DEFAULT_DEVICE,
      description = "Where encoders compute: auto, cpu, gpu, gpuN (default: ${DEFAULT-VALUE}).")
  String device;

  @About(Topic.ENCODERS)
  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "float32",
      description = "What they compute in: float32 or bfloat16 (default: ${DEFAULT-VALUE}).")
  NumberType dtype;

  @About(Topic.ENCODERS)
  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "" + EncoderOptions.DEFAULT_BATCH,
      description = "Most texts or images in one forward pass (default: ${DEFAULT-VALUE}).")
  int batch;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of LibTorch (default: one for each core).")
  @Nullable Integer threads;

  @Option(
      names = "--offline",
      description = "Open no connection: use what comes with the build or is kept.")
  boolean offline;

  @About(Topic.RESULTS)
  @Option(
      names = {"-q", "--quiet"},
      description = "Print results and warnings only.")
  boolean quiet;

  @About(Topic.RESULTS)
  @Option(
      names = {"-v", "--verbose"},
      description = "Tell more: all tables, and times; -vv prints stack traces of failures, too.")
  boolean[] verbose = new boolean[0];

  @About(Topic.RESULTS)
  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "Colors: auto, always or never (default: ${DEFAULT-VALUE}).")
  Terminal.Color color;

  /** The console of the command these options belong to. */
  public Console console() {
    CommandLine command = spec.commandLine();
    var console = new Console(command.getOut(), command.getErr(), Screen.ofThisProcess(), quiet);
    Heartbeat.watch(console);
    EngineWarnings.reportTo(console);
    return console;
  }

  public Setting setting(ModelZoo zoo) {
    return new Setting(zoo.device(), dtype.id(), colored(), isVerbose());
  }

  private boolean colored() {
    return switch (color) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> spec.commandLine().getColorScheme().ansi() == CommandLine.Help.Ansi.ON;
    };
  }

  public boolean isVerbose() {
    return verbose.length > 0;
  }

  /** The zoo; the engine's settings must be made before it is first used. */
  public ModelZoo zoo(Console console) {
    return zoo(console, new ReadoutOptions());
  }

  /** The zoo, whose encoders are read as these options say. */
  public ModelZoo zoo(Console console, ReadoutOptions readout) {
    return zoo(console, readout, new PromptOptions());
  }

  /** The same, whose texts begin as these options say. */
  public ModelZoo zoo(Console console, ReadoutOptions readout, PromptOptions prompt) {
    prepareEngine();
    var encoders =
        new EncoderOptions(
            dtype,
            device,
            batch,
            readout.layer(),
            readout.pooling(),
            readout.imageSide(),
            readout.trustCode,
            false,
            Optional.empty(),
            prompt.prompt());
    HubOptions hub = hub().withOffline(offline);
    return ModelZoo.open(new ZooOptions(cache(), hub, encoders, console, console::warn));
  }

  /** The Hub as the environment of its Python client says. */
  public static HubOptions hub() {
    return HubOptions.from(System.getenv(), home());
  }

  /** Makes the engine's settings; to be called before its first use. */
  public void prepareEngine() {
    applyThreads();
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", logLevel());
  }

  /** Makes the engine's settings for work on small matrices, for which two threads only wait. */
  public void prepareEngineForSmallWork() {
    if (threads == null) {
      threads = 1;
    }
    prepareEngine();
  }

  public Path cache() {
    return Optional.ofNullable(cacheDir)
        .orElseGet(() -> ZooOptions.usualCache(System.getenv(), home()));
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home"));
  }

  private void applyThreads() {
    if (threads == null) {
      return;
    }
    if (threads < 1) {
      throw StitchException.usage("--threads %d; expected at least 1", threads);
    }
    System.setProperty("ai.djl.pytorch.num_threads", threads.toString());
  }

  private String logLevel() {
    return verbose.length > 1 ? "info" : "off";
  }
}
