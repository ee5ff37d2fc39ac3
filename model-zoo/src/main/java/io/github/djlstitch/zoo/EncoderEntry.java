// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance.Prefix;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.image.ImageSource;
import java.util.Map;
import java.util.OptionalInt;

/** An encoder that was found but not opened: its modalities, and the digest of its vectors. */
interface EncoderEntry {
  /** Returns the name given by the user, which finds it again. */
  String name();

  /** Digest of everything that decides its vectors, with the settings it would be opened with. */
  String sha256();

  /** The prefix that is put before its texts, and the digest with its usual one. */
  Prefix prefixed();

  /** Returns true if a role of texts is asked for and it has no prefix of any role. */
  boolean ignoresRole();

  /** Returns properties read from its files, and its digest, in display order. */
  Map<String, String> describe();

  /** Reads all its files and compares them with their digests. */
  void verify();

  /** Returns true if it encodes texts. */
  boolean readsTexts();

  /** Returns true if it encodes images. */
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
