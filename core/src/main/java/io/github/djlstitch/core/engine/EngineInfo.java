// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.djlstitch.core.StitchException;
import java.util.Locale;

/** What runs the numbers, and where. */
public final class EngineInfo {
  private EngineInfo() {}

  /**
   * Engine, version and platform in a few words, for provenance.
   *
   * @throws StitchException (unavailable) if the engine cannot be loaded on this machine
   */
  public static String describe() {
    return String.format(
        Locale.ROOT,
        "PyTorch %s, Java %s, %s %s",
        engine().getVersion(),
        System.getProperty("java.version"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  /** Number of GPUs that the engine can use. */
  public static int gpuCount() {
    return engine().getGpuCount();
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

  private static Engine engine() {
    try {
      return Engine.getEngine("PyTorch");
    } catch (RuntimeException | LinkageError e) {
      throw StitchException.unavailable(
              "LibTorch cannot be loaded on %s %s (%s); supported: Linux x86-64 and aarch64,"
                  + " macOS aarch64, Windows x86-64",
              System.getProperty("os.name"), System.getProperty("os.arch"), e.getMessage())
          .because(e);
    }
  }
}
