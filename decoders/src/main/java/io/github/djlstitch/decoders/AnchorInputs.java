// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The samples that anchors are made of, as encoders read them, so that any encoder can embed the
 * anchors itself. Immutable, but for the bytes of images, which are shared; thread-safe.
 *
 * @param ids of the samples, each once
 * @param texts as many texts; empty if the samples have none
 * @param images as many image files, for example in PNG; empty if the samples have none
 */
public record AnchorInputs(List<String> ids, List<String> texts, List<byte[]> images) {
  /**
   * Takes copies of the lists.
   *
   * @throws StitchException (bad input) if there is neither a text nor an image for each id
   */
  public AnchorInputs {
    ids = List.copyOf(ids);
    texts = List.copyOf(texts);
    images = List.copyOf(images);
    boolean complete =
        (texts.isEmpty() || texts.size() == ids.size())
            && (images.isEmpty() || images.size() == ids.size())
            && !(texts.isEmpty() && images.isEmpty());
    if (!complete) {
      throw StitchException.badInput(
          "%d anchor samples need as many texts or images but have %d texts and %d images",
          ids.size(), texts.size(), images.size());
    }
  }

  /** Texts only. */
  public static AnchorInputs ofTexts(List<String> ids, List<String> texts) {
    return new AnchorInputs(ids, texts, List.of());
  }

  /** Digest of the ids, texts and images, in order. */
  public String sha256() {
    var digest = Sha256.builder();
    ids.forEach(digest::add);
    digest.add(texts.size());
    texts.forEach(digest::add);
    digest.add(images.size());
    images.forEach(image -> digest.add(ByteBuffer.wrap(image)));
    return digest.hex();
  }
}
