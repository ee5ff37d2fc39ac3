// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.checkpoint;

import ai.djl.Device;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.block.NumberType;
import io.github.djlstitch.encoders.block.Pooling;
import io.github.djlstitch.encoders.block.StateScale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a checkpoint is opened.
 *
 * @param numbers number type of the computation
 * @param device where it runs
 * @param batch most samples in one forward pass, at least 1
 * @param layer whose output is the vector, counted as in {@link
 *     io.github.djlstitch.encoders.block.Readout}; empty for the last
 * @param pooling empty for what the checkpoint says, and where it says nothing, for its kind's
 * @param imageSide height and width of the images that the network reads, in pixels; empty for what
 *     the checkpoint says
 * @param trustCode whether a TorchScript file may be opened, which can run any code of LibTorch
 * @param ownLength whether vectors keep the length that the network gives them, where the
 *     checkpoint says to scale them to 1
 * @param scale multiplies the states behind a layer; of BERT's family only
 */
public record CheckpointOptions(
    NumberType numbers,
    Device device,
    int batch,
    OptionalInt layer,
    Optional<Pooling> pooling,
    OptionalInt imageSide,
    boolean trustCode,
    boolean ownLength,
    Optional<StateScale> scale) {
  private static final int BATCH = 32;

  /** Checks the sizes. */
  public CheckpointOptions {
    if (batch < 1) {
      throw StitchException.usage("a batch of %d samples; expected at least 1", batch);
    }
    if (imageSide.isPresent() && imageSide.getAsInt() < 1) {
      throw StitchException.usage(
          "images of %d pixels a side; expected at least 1", imageSide.getAsInt());
    }
  }

  /** float32 on the CPU in batches of 32, read as the checkpoint says, no code trusted. */
  public static CheckpointOptions defaults() {
    return new CheckpointOptions(
        NumberType.FLOAT32,
        Device.cpu(),
        BATCH,
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        false,
        false,
        Optional.empty());
  }

  /**
   * Checks that states are left as they are.
   *
   * @throws StitchException (usage) if a layer's were to be multiplied
   */
  void requireNoScale(ModelFolder folder, String network) {
    if (scale.isPresent()) {
      throw StitchException.usage(
          "'%s' (%s): states within can only be multiplied in text encoders of BERT's family",
          folder, network);
    }
  }

  /** Another number type. */
  public CheckpointOptions withNumbers(NumberType other) {
    return new CheckpointOptions(
        other, device, batch, layer, pooling, imageSide, trustCode, ownLength, scale);
  }

  /** Another device. */
  public CheckpointOptions withDevice(Device other) {
    return new CheckpointOptions(
        numbers, other, batch, layer, pooling, imageSide, trustCode, ownLength, scale);
  }

  /** Another size of batches. */
  public CheckpointOptions withBatch(int other) {
    return new CheckpointOptions(
        numbers, device, other, layer, pooling, imageSide, trustCode, ownLength, scale);
  }

  /** Another layer. */
  public CheckpointOptions withLayer(int other) {
    return new CheckpointOptions(
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

  /** Another pooling. */
  public CheckpointOptions withPooling(Pooling other) {
    return new CheckpointOptions(
        numbers, device, batch, layer, Optional.of(other), imageSide, trustCode, ownLength, scale);
  }

  /** Square images of another size. */
  public CheckpointOptions withImageSide(int pixels) {
    return new CheckpointOptions(
        numbers,
        device,
        batch,
        layer,
        pooling,
        OptionalInt.of(pixels),
        trustCode,
        ownLength,
        scale);
  }

  /** With TorchScript files opened. */
  public CheckpointOptions trustingCode() {
    return new CheckpointOptions(
        numbers, device, batch, layer, pooling, imageSide, true, ownLength, scale);
  }
}
