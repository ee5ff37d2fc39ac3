// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import io.github.djlstitch.core.Named;

/** The kinds of samples that a checkpoint encodes. */
public enum Modality implements Named {
  /** Texts. */
  TEXT,
  /** Images. */
  IMAGE,
  /** Texts and images, each by a network of its own, into one space. */
  TEXT_AND_IMAGE;

  /** Returns true for checkpoints that encode texts. */
  public boolean readsTexts() {
    return this != IMAGE;
  }

  /** Returns true for checkpoints that encode images. */
  public boolean readsImages() {
    return this != TEXT;
  }

  /** Names its samples in a sentence: {@code texts}, {@code images}, {@code texts and images}. */
  public String plural() {
    return switch (this) {
      case TEXT -> "texts";
      case IMAGE -> "images";
      case TEXT_AND_IMAGE -> "texts and images";
    };
  }
}
