// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.file.Sha256;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.image.RgbImage;
import java.nio.ByteBuffer;

/** An image file whose bytes are fetched when they are wanted. */
record StoredImage(String name, StoredBytes bytes) implements ImageSource {
  @Override
  public RgbImage decode() {
    throw StitchException.unavailable("%s: no decoder yet", name);
  }

  @Override
  public void addTo(Sha256 digest) {
    digest.add(ByteBuffer.wrap(bytes.read()));
  }
}
