// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.engine.Engine;
import ai.djl.util.Platform;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The artifacts that DJL needs at run time and that no code of ours is compiled against: its engine
 * for LibTorch, the engine's native bridge, and LibTorch itself. Where one of them is missing, DJL
 * would download it, unverified.
 */
final class EngineArtifacts {
  private static final String GROUP = "ai.djl.pytorch:";

  private EngineArtifacts() {}

  /** Coordinates of the first that is not there, if any. */
  static Optional<String> missing() throws IOException {
    if (!Engine.hasEngine("PyTorch")) {
      return Optional.of(GROUP + "pytorch-engine:" + Engine.getDjlVersion());
    }
    if (hasOwnLibTorch()) {
      return Optional.empty();
    }
    Platform platform = Platform.detectPlatform("pytorch");
    String version = torchVersion(platform);
    if (platform.isPlaceholder()) {
      return Optional.of(GROUP + "pytorch-native-cpu:" + version + ":" + platform.getClassifier());
    }
    return hasBridge(platform)
        ? Optional.empty()
        : Optional.of(GROUP + "pytorch-jni:" + version + "-" + platform.getApiVersion());
  }

  /**
   * Tells if the native bridge on the class path is that of the platform's LibTorch and engine; DJL
   * fetches another one if not.
   */
  static boolean hasBridge(Platform platform) throws IOException {
    return bridgeVersion().startsWith(torchVersion(platform) + "-" + platform.getApiVersion());
  }

  // Without the date of its build.
  private static String torchVersion(Platform platform) {
    return platform.getVersion().split("-", 2)[0];
  }

  // Where DJL looks before it looks into jars; what is found there is the user's own affair.
  private static boolean hasOwnLibTorch() {
    return System.getenv("PYTORCH_LIBRARY_PATH") != null
        || System.getenv("PYTORCH_VERSION") != null
        || System.getProperty("PYTORCH_VERSION") != null
        || Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.exists(Path.of(folder, System.mapLibraryName("torch"))));
  }

  /** The version of the native bridge on the class path; empty without one. */
  private static String bridgeVersion() throws IOException {
    var properties = new Properties();
    try (InputStream in = reader().getResourceAsStream("/jnilib/pytorch.properties")) {
      if (in != null) {
        properties.load(in);
      }
    }
    return properties.getProperty("jni_version", "");
  }

  // A class sees the resources of its own module or, outside of modules, of the class path: only
  // DJL's own reader of them sees what will be loaded.
  private static Class<?> reader() {
    try {
      return Class.forName("ai.djl.pytorch.jni.LibUtils", false, Engine.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return Engine.class;
    }
  }
}
