// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A ReXNet as a frozen DJL block: normalized pixels (B, 3, H, W), float32, to vectors (B, D),
 * float32.
 *
 * <p>Han et al. 2020, arXiv:2007.00992, as timm computes it and under timm's names. Its classifier
 * is not used.
 *
 * <p>Readout: layer k is the output of {@code features.(k-1)}, averaged over the image; layer 0 is
 * that of the stem, and the last one, 17, what the network returns (1280 wide at multiplier 1).
 * There are no tokens, so pooling is {@code OWN} or {@code MEAN}, which are the same.
 *
 * <p>Thread-safe once loaded.
 */
public final class RexNet extends FrozenVisionNetwork {
  private static final Set<Pooling> POOLINGS = Set.of(Pooling.OWN, Pooling.MEAN);
  private static final Pattern IGNORED = Pattern.compile("head\\..*|.*\\.num_batches_tracked");

  private RexNet(
      RexNetConfig config, RexNetShape shape, int layer, boolean unitLength, NumberType numbers) {
    super(
        "ReXNet",
        shape.tensors(),
        RexNetProgram.of(shape, config.image(), layer, unitLength),
        numbers,
        shape.width(layer),
        config.image());
  }

  /**
   * A ReXNet with the weights of a checkpoint.
   *
   * @param manager owns the weights
   * @throws StitchException (bad input) naming the first tensor that is missing, unknown or of
   *     another shape; (usage) if the network cannot be read in that way
   */
  public static RexNet load(
      RexNetConfig config,
      Readout readout,
      NumberType numbers,
      WeightSource source,
      NDManager manager) {
    if (!POOLINGS.contains(readout.pooling())) {
      throw StitchException.usage(
          "pooling '%s' needs tokens, which a ReXNet does not have; use own or mean",
          readout.pooling().id());
    }
    if (readout.everyLayer()) {
      throw StitchException.usage(
          "the layers of a ReXNet differ in width, so not all can be read at once; give one layer");
    }
    var shape = RexNetShape.of(config.multiplier());
    int layer = readout.layerOf(shape.layers());
    var network = new RexNet(config, shape, layer, readout.unitLength(), numbers);
    network.fill(source, name -> IGNORED.matcher(name).matches(), manager);
    return network;
  }
}
