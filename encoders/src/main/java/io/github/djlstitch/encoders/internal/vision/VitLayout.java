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

  /** Returns true if class token and positions are stored without the axis of a batch. */
  boolean storesFlat() {
    return switch (this) {
      case TIMM, HUGGING_FACE -> false;
      case CLIP -> true;
    };
  }

  /** Returns true if tokens are normalized before the first block, and patches have no bias. */
  boolean normsFirst() {
    return switch (this) {
      case TIMM, HUGGING_FACE -> false;
      case CLIP -> true;
    };
  }

  /** Returns true if the last norm is made for the pooled vector, not for the tokens. */
  boolean normsVector() {
    return switch (this) {
      case TIMM, HUGGING_FACE -> false;
      case CLIP -> true;
    };
  }

  /** Returns true if positions are resampled without aliasing, as timm does it. */
  boolean smoothsPositions() {
    return switch (this) {
      case TIMM -> true;
      case HUGGING_FACE, CLIP -> false;
    };
  }
}
