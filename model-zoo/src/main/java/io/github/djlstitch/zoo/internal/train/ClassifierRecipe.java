// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.train.FitOptions;
import io.github.djlstitch.core.internal.train.Schedule;
import io.github.djlstitch.encoders.internal.trained.Mlp;
import io.github.djlstitch.encoders.internal.trained.SmallConvNet;
import io.github.djlstitch.encoders.internal.trained.SmallVit;
import java.util.List;
import java.util.Locale;

/**
 * Architecture and training of an end-to-end classifier. Immutable.
 *
 * @param network its encoder
 * @param latent width D of its latents, at least 1
 * @param anchors stratified anchors of the relative layer; 0 for an absolute classifier
 * @param refresh steps after which the anchors are encoded anew, at least 1
 * @param batch samples in a step, at least 2
 * @param fit the training; its seed is replaced by that of the run
 */
public record ClassifierRecipe(
    Network network, int latent, int anchors, int refresh, int batch, FitOptions fit) {

  /** Encoders. */
  public enum Network implements Named {
    /** {@link SmallConvNet} of 32, 64 and 128 channels. */
    CONV {
      @Override
      Block encoder(Shape sample, int latent) {
        requireImages(sample, this);
        return SmallConvNet.of(List.of(32, 64, 128), latent);
      }
    },
    /** {@link SmallVit} of 4x4 patches, 128 wide, 4 layers of 4 heads. */
    VIT {
      @Override
      Block encoder(Shape sample, int latent) {
        requireImages(sample, this);
        return SmallVit.of(Math.toIntExact(sample.get(1)), 4, 128, 4, 4, latent);
      }
    },
    /** {@link Mlp#relu} on the values themselves, 512 wide. */
    MLP {
      @Override
      Block encoder(Shape sample, int latent) {
        return Mlp.relu(WIDE, latent);
      }
    },
    /** {@link Mlp#tanh}, 512 wide, on features of a frozen encoder: the paper's protocol. */
    FEATURES {
      @Override
      Block encoder(Shape sample, int latent) {
        return Mlp.tanh(WIDE, latent);
      }
    };

    private static final int WIDE = 512;

    abstract Block encoder(Shape sample, int latent);

    private static void requireImages(Shape sample, Network network) {
      if (sample.dimension() != 3) {
        throw StitchException.usage(
            "the network '%s' reads images (C, H, W) but the samples have shape %s",
            network.id(), sample);
      }
    }
  }

  /** Checks the ranges. */
  public ClassifierRecipe {
    if (latent < 1 || anchors < 0 || refresh < 1 || batch < 2) {
      throw StitchException.usage(
          "a classifier of %d latents, %d anchors encoded every %d steps, batches of %d; expected"
              + " at least 1, 0, 1 and 2",
          latent, anchors, refresh, batch);
    }
  }

  /**
   * The paper's protocol on frozen features: 512 latents, Adam 1e-3, batches of 128, 10 epochs,
   * gradients clipped to 10 (Moschella et al. 2023, table 2, as in the official code).
   *
   * @param anchors the paper has 500; 0 for the absolute classifier
   */
  public static ClassifierRecipe frozenFeatures(int anchors) {
    return new ClassifierRecipe(
        Network.FEATURES, 512, anchors, 1, 128, FitOptions.adam(10, 1e-3, 0).withClip(10));
  }

  /**
   * Training end to end, the encoder too. Unlike on frozen features the learning rate goes to zero:
   * otherwise the result of the few epochs from scratch would depend on the last steps.
   */
  public static ClassifierRecipe endToEnd(Network network, int anchors, int epochs) {
    var fit = FitOptions.adam(epochs, 1e-3, 0).withClip(10).withSchedule(Schedule.ONE_CYCLE);
    return new ClassifierRecipe(network, 256, anchors, 1, 128, fit);
  }

  /** The same with anchors encoded anew every k steps. */
  public ClassifierRecipe withRefresh(int steps) {
    return new ClassifierRecipe(network, latent, anchors, steps, batch, fit);
  }

  /** The same with so many anchors; 0 for an absolute classifier. */
  public ClassifierRecipe withAnchors(int count) {
    return new ClassifierRecipe(network, latent, count, refresh, batch, fit);
  }

  /** Describes all settings that determine a classifier besides its data and seed. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "classifier 1 network=%s latent=%d anchors=%d refresh=%d batch=%d %s",
        network.id(),
        latent,
        anchors,
        refresh,
        batch,
        fit.withSeed(0).describe());
  }
}
