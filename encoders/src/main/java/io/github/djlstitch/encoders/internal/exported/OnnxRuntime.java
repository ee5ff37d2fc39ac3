// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.exported;

import io.github.djlstitch.core.StitchException;

/** Checks for ONNX Runtime, an optional dependency. */
public final class OnnxRuntime {
  private static final String CLASS = "ai.onnxruntime.OrtEnvironment";

  private OnnxRuntime() {}

  /**
   * Checks that ONNX Runtime is on the class path.
   *
   * @throws StitchException (unavailable) saying how to put it there
   */
  public static void require() {
    try {
      Class.forName(CLASS, false, OnnxRuntime.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw StitchException.unavailable(
              "ONNX graphs need ONNX Runtime, which is not on the class path; add the Maven"
                  + " artifact com.microsoft.onnxruntime:onnxruntime:1.29.0, or use a model with"
                  + " model.safetensors")
          .because(e);
    }
  }
}
