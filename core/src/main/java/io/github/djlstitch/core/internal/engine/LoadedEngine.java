// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * LibTorch, loaded when it is first asked for. Whatever may be the first to need it asks here, as
 * its files are checked before they are loaded.
 */
public final class LoadedEngine {
  private static volatile @Nullable Engine loaded;

  private LoadedEngine() {}

  /**
   * DJL's engine.
   *
   * @throws StitchException (unavailable) if it cannot be loaded on this machine
   */
  public static Engine get() {
    Engine engine = loaded;
    if (engine == null) {
      engine = load();
      loaded = engine;
    }
    return engine;
  }

  /**
   * A manager of native arrays on a device; the caller closes it.
   *
   * @throws StitchException (unavailable) if LibTorch cannot be loaded on this machine
   */
  public static NDManager manager(Device device) {
    return get().newBaseManager(device);
  }

  /**
   * An empty DJL model on a device; the caller closes it.
   *
   * @throws StitchException (unavailable) if LibTorch cannot be loaded on this machine
   */
  public static Model model(String name, Device device) {
    return get().newModel(name, device);
  }

  /** Version of LibTorch, for example 2.7.1. */
  public static String version() {
    return get().getVersion();
  }

  private static Engine load() {
    try {
      requireArtifacts();
      NativeLibraries.checkEngine();
      return Engine.getEngine("PyTorch");
    } catch (StitchException e) {
      throw e;
    } catch (IOException | RuntimeException | LinkageError | AssertionError e) {
      // DJL throws AssertionErrors for platforms and files that it does not know.
      throw StitchException.unavailable(
              "LibTorch cannot be loaded on %s %s (%s); supported: Linux x86-64 and aarch64,"
                  + " macOS aarch64, Windows x86-64",
              System.getProperty("os.name"), System.getProperty("os.arch"), e.getMessage())
          .because(e);
    }
  }

  private static void requireArtifacts() throws IOException {
    Optional<String> missing = EngineArtifacts.missing();
    if (missing.isPresent()) {
      throw StitchException.unavailable(
          "LibTorch cannot be loaded: %s is not on the class path; add it, or depend on"
              + " io.github.djlstitch:stitch-starter, which brings all that is needed",
          missing.get());
    }
  }
}
