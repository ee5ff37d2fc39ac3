// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.block.NumberType;
import io.github.djlstitch.encoders.block.Pooling;
import io.github.djlstitch.encoders.block.StateScale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How encoders compute, and where in them vectors are read.
 *
 * @param numbers number type they compute in
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpuN}
 * @param batch most texts or images in one forward pass, at least 1
 * @param layer whose output is the encoding, as {@link
 *     io.github.djlstitch.encoders.block.Readout#layer} counts; empty is the last
 * @param pooling states to vector; empty is what each encoder was made for
 * @param imageSide height and width of the images that vision networks read, in pixels, for those
 *     that can read another size than they were trained on; empty is that one
 * @param trustCode whether files that can run code, TorchScript, may be opened
 * @param ownLength whether vectors keep the length that the network gives them, where the encoder
 *     was made to scale them to 1
 * @param scale multiplies the states behind a layer, to see what it does; text encoders of BERT's
 *     family only
 */
public record EncoderSettings(
    NumberType numbers,
    String device,
    int batch,
    OptionalInt layer,
    Optional<Pooling> pooling,
    OptionalInt imageSide,
    boolean trustCode,
    boolean ownLength,
    Optional<StateScale> scale) {
  /** Checks the batch. */
  public EncoderSettings {
    if (batch < 1) {
      throw StitchException.usage("a batch of %d; expected at least 1", batch);
    }
  }

  /** Vectors at the length that the encoder was made for, no state multiplied. */
  public EncoderSettings(
      NumberType numbers,
      String device,
      int batch,
      OptionalInt layer,
      Optional<Pooling> pooling,
      OptionalInt imageSide,
      boolean trustCode) {
    this(numbers, device, batch, layer, pooling, imageSide, trustCode, false, Optional.empty());
  }

  /** float32 in batches of 32 on the best device; the last layer; no code. */
  public static EncoderSettings defaults() {
    return new EncoderSettings(
        NumberType.FLOAT32,
        "auto",
        32,
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        false);
  }

  /** The same on a device, in batches of a size. */
  public EncoderSettings on(String otherDevice, int otherBatch) {
    return new EncoderSettings(
        numbers, otherDevice, otherBatch, layer, pooling, imageSide, trustCode, ownLength, scale);
  }

  /** The same with another layer's states as the encoding. */
  public EncoderSettings withLayer(int other) {
    return new EncoderSettings(
        numbers,
        device,
        batch,
        OptionalInt.of(other),
        pooling,
        imageSide,
        trustCode,
        ownLength,
        scale);
  }

  /** The same with vectors at the length that the network gives them. */
  public EncoderSettings withOwnLength() {
    return new EncoderSettings(
        numbers, device, batch, layer, pooling, imageSide, trustCode, true, scale);
  }

  /** The same with the states behind a layer multiplied. */
  public EncoderSettings withScale(StateScale other) {
    return new EncoderSettings(
        numbers,
        device,
        batch,
        layer,
        pooling,
        imageSide,
        trustCode,
        ownLength,
        Optional.of(other));
  }
}
