// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.options;

import ai.djl.Device;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.engine.EngineInfo;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sets an encoder's number type, device, batch size, and the layer and pooling of its vectors.
 *
 * @param numbers number type of the computation
 * @param device {@code auto} (a GPU if there is one), {@code cpu}, {@code gpu} or {@code gpuN}; a
 *     name, so that options start no engine
 * @param batch most texts or images in one forward pass, at least 1
 * @param layer whose output is the vector: 1 is the first layer, 0 the embeddings, -1 the last
 *     layer, -2 the one before; {@link #EVERY_LAYER} for all of them side by side; empty for the
 *     last
 * @param pooling empty for the checkpoint's own, or else for the default of its family
 * @param imageSide height and width of the images that vision networks read, in pixels, for those
 *     that can read another size than they were trained on; empty for that one
 * @param trustCode true to allow TorchScript files, which can run any code of LibTorch
 * @param ownLength true to keep the network's vector lengths, where the encoder was made to scale
 *     them to 1
 * @param scale multiplies the states behind a layer, as an experiment; text encoders of the BERT
 *     family only
 * @param prompt what is put before every text; encoders of texts only
 */
public record EncoderOptions(
    NumberType numbers,
    String device,
    int batch,
    OptionalInt layer,
    Optional<Pooling> pooling,
    OptionalInt imageSide,
    boolean trustCode,
    boolean ownLength,
    Optional<StateScale> scale,
    Prompt prompt) {
  /** Most texts or images in one forward pass, if no number is given. */
  public static final int DEFAULT_BATCH = 32;

  /**
   * Reads every layer in one pass: a vector is those behind the embeddings, the first layer and so
   * on up to the last, side by side, each as it is when its layer alone is read. Transformers only.
   */
  public static final int EVERY_LAYER = Integer.MIN_VALUE;

  /** The device if none is given. */
  public static final String DEFAULT_DEVICE = "auto";

  /** Checks the sizes. */
  public EncoderOptions {
    if (batch < 1) {
      throw StitchException.usage("a batch of %d; expected at least 1", batch);
    }
    if (imageSide.isPresent() && imageSide.getAsInt() < 1) {
      throw StitchException.usage(
          "the image side is %d pixels; expected at least 1", imageSide.getAsInt());
    }
  }

  /** float32 on the best device in batches of 32, read as the checkpoint says, no code trusted. */
  public static EncoderOptions defaults() {
    return new EncoderOptions(
        NumberType.FLOAT32,
        DEFAULT_DEVICE,
        DEFAULT_BATCH,
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        false,
        false,
        Optional.empty(),
        Prompt.USUAL);
  }

  /**
   * Resolves the device name; starts the engine.
   *
   * @throws StitchException (usage) if there is no device of that name, (unavailable) if it is a
   *     GPU that does not exist
   */
  public Device where() {
    return EngineInfo.device(device);
  }

  /** Returns these options with another number type. */
  public EncoderOptions withNumbers(NumberType other) {
    return new EncoderOptions(
        other, device, batch, layer, pooling, imageSide, trustCode, ownLength, scale, prompt);
  }

  /** Returns these options with another device. */
  public EncoderOptions withDevice(String other) {
    return new EncoderOptions(
        numbers, other, batch, layer, pooling, imageSide, trustCode, ownLength, scale, prompt);
  }

  /** Returns these options with another size of batches. */
  public EncoderOptions withBatch(int other) {
    return new EncoderOptions(
        numbers, device, other, layer, pooling, imageSide, trustCode, ownLength, scale, prompt);
  }

  /** Returns these options with another layer. */
  public EncoderOptions withLayer(int other) {
    return new EncoderOptions(
        numbers,
        device,
        batch,
        OptionalInt.of(other),
        pooling,
        imageSide,
        trustCode,
        ownLength,
        scale,
        prompt);
  }

  /** Returns these options with another pooling. */
  public EncoderOptions withPooling(Pooling other) {
    return new EncoderOptions(
        numbers,
        device,
        batch,
        layer,
        Optional.of(other),
        imageSide,
        trustCode,
        ownLength,
        scale,
        prompt);
  }

  /** Returns these options with square images of another size. */
  public EncoderOptions withImageSide(int pixels) {
    return new EncoderOptions(
        numbers,
        device,
        batch,
        layer,
        pooling,
        OptionalInt.of(pixels),
        trustCode,
        ownLength,
        scale,
        prompt);
  }

  /** Returns these options with vectors at the length that the network gives them. */
  public EncoderOptions withOwnLength() {
    return new EncoderOptions(
        numbers, device, batch, layer, pooling, imageSide, trustCode, true, scale, prompt);
  }

  /** Returns these options with the states behind a layer multiplied. */
  public EncoderOptions withScale(StateScale other) {
    return new EncoderOptions(
        numbers,
        device,
        batch,
        layer,
        pooling,
        imageSide,
        trustCode,
        ownLength,
        Optional.of(other),
        prompt);
  }

  /** Returns these options with that text before every text, in place of the encoder's own. */
  public EncoderOptions withPrefix(String text) {
    return withPrompt(new Prompt(Optional.empty(), Optional.of(text)));
  }

  /** Returns these options with the prefix that the encoder has for texts of that role. */
  public EncoderOptions withRole(Role role) {
    return withPrompt(Prompt.of(role));
  }

  /** Returns these options with another choice of the prefix. */
  public EncoderOptions withPrompt(Prompt other) {
    return new EncoderOptions(
        numbers, device, batch, layer, pooling, imageSide, trustCode, ownLength, scale, other);
  }

  /** Returns these options with TorchScript files opened. */
  public EncoderOptions trustingCode() {
    return new EncoderOptions(
        numbers, device, batch, layer, pooling, imageSide, true, ownLength, scale, prompt);
  }

  /** The part of a text in a search. */
  public enum Role implements Named {
    /** A text that is searched for. */
    QUERY,
    /** A text that is found, also called a passage. */
    DOCUMENT
  }

  /**
   * Chooses what is put before every text. Encoders for search were trained with prefixes by role,
   * such as {@code "query: "} and {@code "passage: "} (Wang et al. 2022, arXiv:2212.03533); other
   * prefixes give other vectors.
   *
   * @param role whose prefix is taken, where the encoder has one; else its usual prefix is
   * @param prefix taken whatever the encoder has; may be empty
   */
  public record Prompt(Optional<Role> role, Optional<String> prefix) {
    /** The usual prefix of each encoder. */
    public static final Prompt USUAL = new Prompt(Optional.empty(), Optional.empty());

    /** Checks that there is only one of the two. */
    public Prompt {
      if (role.isPresent() && prefix.isPresent()) {
        throw StitchException.usage(
            "a role brings its own prefix, so that no other goes with it; give one of the two");
      }
    }

    /** The prefix that an encoder has for texts of that role. */
    public static Prompt of(Role role) {
      return new Prompt(Optional.of(role), Optional.empty());
    }

    /** Returns true if nothing is chosen. */
    public boolean isUsual() {
      return equals(USUAL);
    }
  }

  /**
   * Multiplies the states behind a layer before the next layer reads them, to measure how much a
   * network depends on their length (Maiorca et al. 2024, arXiv:2406.15057, scale invariance).
   *
   * @param layer whose output is multiplied, from 0 (embeddings)
   * @param factor above 0; 1 changes nothing
   */
  public record StateScale(int layer, double factor) {
    /** Checks the ranges. */
    public StateScale {
      if (layer < 0 || !(factor > 0) || Double.isInfinite(factor)) {
        throw StitchException.usage(
            "states of layer %d times %s; expected a layer from 0 and a factor above 0",
            layer, factor);
      }
    }

    /** Describes the layer and the factor, for digests of vectors. */
    public String id() {
      return "states " + layer + " times " + factor;
    }
  }
}
