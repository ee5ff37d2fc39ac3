// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

/** The families of checkpoints of vision transformers, which differ in names and details. */
public enum VitLayout {
  /** timm's {@code VisionTransformer}, also with a ResNet as patch embedding. */
  TIMM,
  /** Hugging Face's {@code ViTModel} and {@code DeiTModel}. */
  HUGGING_FACE,
  /** The image tower of Hugging Face's {@code CLIPModel}. */
  CLIP;

  VitNames names() {
    return switch (this) {
      case TIMM -> VitNames.TIMM;
      case HUGGING_FACE -> VitNames.HUGGING_FACE;
      case CLIP -> VitNames.CLIP;
    };
  }
}
