// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.StitchException;

/**
 * LibTorch, loaded when it is first asked for. Whatever may be the first to need it asks here, as
 * its files are checked before they are loaded.
 */
public final class LoadedEngine {
  private LoadedEngine() {}

  /**
   * DJL's engine.
   *
   * @throws StitchException (unavailable) if it cannot be loaded on this machine
   */
  public static Engine get() {
    NativeLibraries.checkEngine();
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

  /**
   * A manager of native arrays on a device; the caller closes it.
   *
   * @throws StitchException (unavailable) if LibTorch cannot be loaded on this machine
   */
  public static NDManager manager(Device device) {
    return get().newBaseManager(device);
  }

  /** Version of LibTorch, for example 2.7.1. */
  public static String version() {
    return get().getVersion();
  }
}
