// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.cli.report.TextTable;
import io.github.djlstitch.core.engine.EngineInfo;
import io.github.djlstitch.zoo.ModelZoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks the machine. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Check platform, JVM, engine, devices and cache, and encode one sentence.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DoctorCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    Console console = common.console();
    ModelZoo zoo = common.zoo(console);
    Runtime runtime = Runtime.getRuntime();
    var table =
        new TextTable("stitch", Version.text())
            .row("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
            .row(
                "java",
                System.getProperty("java.version") + ", " + System.getProperty("java.vendor"))
            .row("cores", Integer.toString(runtime.availableProcessors()))
            .row("heap", (runtime.maxMemory() >> 20) + " MiB at most")
            .row("engine", EngineInfo.describe())
            .row("GPUs", Integer.toString(EngineInfo.gpuCount()))
            .row("cache", cache(common.cache()))
            .row("inference", inference(zoo));
    console.out().print(table.leftAligned());
    console.out().println("all well");
    console.out().flush();
    return 0;
  }

  private static String cache(Path folder) {
    OutputPlace.requireFolder("--cache-dir", folder);
    return folder + (Files.exists(folder) ? "" : " (made at first use)");
  }

  private static String inference(ModelZoo zoo) {
    long start = System.nanoTime();
    try (var encoder = zoo.encoder("minilm")) {
      var vector = encoder.encode(List.of("hello"));
      return String.format(
          Locale.ROOT,
          "minilm: %d values in %.1f s, opening included",
          vector.columns(),
          (System.nanoTime() - start) / 1e9);
    }
  }
}
