// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.engine;

import ai.djl.Device;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LoadedEngine;
import io.github.djlstitch.core.internal.engine.Processor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Describes the engine, its devices and its settings.
 *
 * <p>LibTorch reads some of its settings from the environment of the process, which Java cannot
 * change: see {@link #environment()} for those that matter and what the {@code stitch} script sets.
 * The number of threads is the system property {@code ai.djl.pytorch.num_threads}, read when the
 * engine is first used.
 */
public final class EngineInfo {
  private static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              "OMP_WAIT_POLICY",
              "PASSIVE",
              "threads that wait sleep instead of spinning, which slows down a shared machine",
              Optional.empty()),
          new Setting(
              "GOMP_SPINCOUNT",
              "30000",
              "but they spin for about 0.1 ms first, which is faster on a quiet machine",
              Optional.empty()),
          new Setting(
              "MALLOC_TRIM_THRESHOLD_",
              "1073741824",
              "with glibc, freed memory up to this is kept for the next call instead of going back"
                  + " to the system, which clears it again",
              Optional.empty()),
          new Setting(
              "MALLOC_MMAP_THRESHOLD_",
              "33554432",
              "with glibc, arrays up to this come from that memory",
              Optional.empty()),
          new Setting(
              Processor.ISA_LIMIT,
              "",
              "the largest instruction set of the fastest kernels, for example AVX2; slower",
              Optional.empty()),
          new Setting(
              Processor.ATEN_LIMIT,
              "",
              "the largest instruction set of all others, for example default; slower",
              Optional.empty()));

  /**
   * An environment variable that changes how LibTorch computes. It must be set before the JVM
   * starts.
   *
   * @param variable its name
   * @param launcher the value that the {@code stitch} script sets if there is none; empty if it
   *     sets none
   * @param effect its effect
   * @param value its value in this process, if it is set
   */
  public record Setting(String variable, String launcher, String effect, Optional<String> value) {
    private Setting read() {
      return new Setting(variable, launcher, effect, Optional.ofNullable(System.getenv(variable)));
    }
  }

  private EngineInfo() {}

  /** The variables that matter, as they are in this process. */
  public static List<Setting> environment() {
    return SETTINGS.stream().map(Setting::read).toList();
  }

  /**
   * Engine, version and platform in a few words, for provenance.
   *
   * @throws StitchException (unavailable) if the engine cannot be loaded on this machine
   */
  public static String describe() {
    return String.format(
        Locale.ROOT,
        "PyTorch %s, Java %s, %s %s",
        LoadedEngine.version(),
        System.getProperty("java.version"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  /** Number of GPUs that the engine can use. */
  public static int gpuCount() {
    return LoadedEngine.get().getGpuCount();
  }

  /**
   * The device of that name.
   *
   * @param name {@code auto} (a GPU if there is one), {@code cpu}, {@code gpu} or {@code gpu0}...
   * @throws StitchException (usage) for another name, (unavailable) if there is no such GPU
   */
  public static Device device(String name) {
    if ("cpu".equals(name)) {
      return Device.cpu();
    }
    int gpus = gpuCount();
    if ("auto".equals(name)) {
      return gpus > 0 ? Device.gpu() : Device.cpu();
    }
    if (!name.matches("gpu[0-9]{0,3}")) {
      throw StitchException.usage("no device '%s'; known: auto, cpu, gpu, gpu0, gpu1, ...", name);
    }
    int index = "gpu".equals(name) ? 0 : Integer.parseInt(name.substring(3));
    if (index >= gpus) {
      throw StitchException.unavailable(
          "device '%s' is not there: the engine sees %d GPUs; use --device cpu, or build with"
              + " -Pgpu as the README says",
          name, gpus);
    }
    return Device.gpu(index);
  }
}
