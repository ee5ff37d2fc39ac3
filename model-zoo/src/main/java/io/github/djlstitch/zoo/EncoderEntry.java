// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.image.ImageSource;
import java.util.Map;
import java.util.OptionalInt;

/** An encoder that was found and is not open: what it reads, and the digest of its vectors. */
interface EncoderEntry {
  /** How the user named it; finds it again. */
  String name();

  /** Digest of everything that decides its vectors, with the settings it would be opened with. */
  String sha256();

  /** What its files say of it, and its digest, in the order in which it is shown. */
  Map<String, String> describe();

  /** Reads all its files and compares them with their digests. */
  void verify();

  /** Whether it reads texts. */
  boolean readsTexts();

  /** Whether it reads images. */
  boolean readsImages();

  /** The number of layers of a text network whose layers can be read; else empty. */
  OptionalInt textLayers();

  /** Its token embeddings of whole words. */
  default LatentSpace wordVectors() {
    throw StitchException.usage(
        "the token embeddings of '%s' are not read; name an encoder that comes with the build",
        name());
  }

  /** Opens it for texts; the caller closes it. */
  Encoder<String> openForTexts();

  /** Opens it for images; the caller closes it. */
  Encoder<ImageSource> openForImages();
}
