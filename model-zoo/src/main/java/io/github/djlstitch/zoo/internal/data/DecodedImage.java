// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.image.RgbImage;
import java.nio.ByteBuffer;

/** An image that a program gave as pixels. */
public record DecodedImage(RgbImage decode) implements ImageSource {
  /** The pixels of an image of DJL. */
  public static ImageSource of(Image image) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray pixels = image.toNDArray(manager, Image.Flag.COLOR); // (H, W, 3)
      Shape shape = pixels.getShape();
      ByteBuffer bytes = pixels.toType(DataType.UINT8, false).toByteBuffer(); // (H, W, 3)
      byte[] rgb = new byte[bytes.remaining()];
      bytes.get(rgb);
      return new DecodedImage(RgbImage.wrap((int) shape.get(1), (int) shape.get(0), rgb));
    }
  }

  @Override
  public String name() {
    return "an image of " + decode.width() + " x " + decode.height() + " pixels";
  }

  @Override
  public void addTo(Sha256 digest) {
    digest.add(decode.width()).add(decode.height()).add(ByteBuffer.wrap(decode.pixels()));
  }
}
