// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.util.Platform;
import ai.djl.util.Utils;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the native libraries that DJL has unpacked before it loads them: damaged ones end the
 * process with a signal. What a user names by {@code PYTORCH_LIBRARY_PATH} or {@code
 * RUST_LIBRARY_PATH} is the user's own and not looked at. Thread-safe.
 */
public final class NativeLibraries {
  private static final Logger LOG = System.getLogger("io.github.djlstitch.engine");

  // Static, as libraries are loaded once for all of the process.
  private static boolean engineChecked;
  private static boolean tokenizersChecked;

  private NativeLibraries() {}

  /**
   * LibTorch and DJL's bridge to it.
   *
   * @throws StitchException (unavailable) if a damaged file cannot be unpacked again
   */
  public static synchronized void checkEngine() {
    if (!engineChecked && Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH") == null) {
      check("pytorch", NativeLibraries::engine);
    }
    engineChecked = true;
  }

  /**
   * The library of tokenizers.
   *
   * @throws StitchException (unavailable) if a damaged file cannot be unpacked again
   */
  public static synchronized void checkTokenizers() {
    if (!tokenizersChecked && Utils.getEnvOrSystemProperty("RUST_LIBRARY_PATH") == null) {
      check("tokenizers", NativeLibraries::tokenizers);
    }
    tokenizersChecked = true;
  }

  @FunctionalInterface
  private interface Places {
    Map<String, String> of(Platform platform) throws IOException;
  }

  // Whatever is wrong with the class path or the folder, DJL says when it loads from there.
  private static void check(String name, Places resources) {
    try {
      Platform platform = Platform.detectPlatform(name);
      if (platform.isPlaceholder()) {
        return;
      }
      String version = platform.getVersion() + '-' + flavor(name, platform);
      Path folder = Utils.getEngineCacheDir(name).resolve(version + '-' + platform.getClassifier());
      List<String> damaged = UnpackedFiles.of(folder, resources.of(platform)).repair();
      if (!damaged.isEmpty()) {
        LOG.log(
            Level.WARNING,
            "native libraries were damaged on disk and were unpacked again: "
                + String.join(", ", damaged)
                + " in '"
                + folder
                + "'; if this happens again, check the disk");
      }
    } catch (IOException | IllegalStateException | AssertionError e) {
      LOG.log(Level.DEBUG, "native libraries of " + name + " are not checked", e);
    }
  }

  private static String flavor(String name, Platform platform) {
    return name.equals("tokenizers") ? "cpu" : platform.getFlavor(); // the only ones in its jar
  }

  private static Map<String, String> engine(Platform platform) throws IOException {
    Map<String, String> files = new HashMap<>();
    String place = platform.getFlavor() + '/' + platform.getClassifier() + '/';
    for (String file : platform.getLibraries()) {
      files.put(file, "pytorch/" + place + file);
    }
    if (EngineArtifacts.hasBridge(platform)) {
      String bridge = System.mapLibraryName("djl_torch");
      files.put(
          platform.getApiVersion() + '-' + bridge,
          "jnilib/" + platform.getClassifier() + '/' + platform.getFlavor() + '/' + bridge);
    }
    return files;
  }

  private static Map<String, String> tokenizers(Platform platform) {
    Map<String, String> files = new HashMap<>();
    for (String file :
        List.of(
            System.mapLibraryName("tokenizers"),
            "libwinpthread-1.dll",
            "libgcc_s_seh-1.dll",
            "libstdc++-6.dll")) {
      files.put(file, "native/lib/" + platform.getClassifier() + "/cpu/" + file);
    }
    return files;
  }
}
