// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.time.Stage;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * LibTorch, loaded when it is first asked for. Whatever may be the first to need it asks here, as
 * its files are checked before they are loaded.
 */
public final class LoadedEngine {
  private static final Logger LOG = System.getLogger("io.github.djlstitch.engine");

  private static volatile @Nullable Engine loaded;
  private static @Nullable String refusal;

  private LoadedEngine() {}

  /**
   * DJL's engine.
   *
   * @throws StitchException (unavailable) if it cannot be loaded on this machine
   */
  public static Engine get() {
    Engine engine = loaded;
    return engine == null ? Stage.LIBTORCH.get(LoadedEngine::load) : engine;
  }

  /**
   * Starts to load it on another thread, for one who will soon need it and has other work until
   * then: LibTorch takes half a second. What goes wrong is told by {@link #get}.
   */
  public static void begin() {
    if (loaded == null) {
      Thread thread = new Thread(LoadedEngine::load, "stitch-engine");
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler(
          (self, e) -> LOG.log(Level.DEBUG, "the engine cannot be loaded", e));
      thread.start();
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

  // A library that failed to load fails with another reason the second time.
  private static synchronized Engine load() {
    if (refusal != null) {
      throw StitchException.unavailable("%s", refusal);
    }
    Engine engine = loaded;
    if (engine == null) {
      try {
        engine = open();
      } catch (StitchException e) {
        refusal = e.getMessage();
        throw e;
      }
      loaded = engine;
    }
    return engine;
  }

  private static Engine open() {
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
