// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.vision;

/** The families of checkpoints of vision transformers, which differ in names and details. */
public enum VitLayout {
  /** timm's {@code VisionTransformer}, also with a ResNet as patch embedding. */
  TIMM(VitNames.TIMM),
  /** Hugging Face's {@code ViTModel} and {@code DeiTModel}. */
  HUGGING_FACE(VitNames.HUGGING_FACE),
  /** The image tower of Hugging Face's {@code CLIPModel}. */
  CLIP(VitNames.CLIP);

  private final VitNames names;

  VitLayout(VitNames names) {
    this.names = names;
  }

  VitNames names() {
    return names;
  }
}
