// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions.StateScale;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An encoder of the BERT family as a frozen DJL block: token ids, mask and, if wanted, token types
 * (B, T), int64, to vectors (B, D), float32. Without types all tokens are of type 0.
 *
 * <p>BERT (Devlin et al. 2019, arXiv:1810.04805), RoBERTa, ELECTRA, DistilBERT and MPNet as Hugging
 * Face's models compute them: learned positions, layer norm after each residual. The parameters
 * bear the checkpoint's names. One LibTorch program call runs the whole network. Thread-safe once
 * loaded.
 */
public final class TextTransformer extends FrozenTextNetwork {
  private static final String POOLER = "pooler.dense";

  // What checkpoints hold besides the network: heads of tasks, stored constants, and the pooler,
  // which most readouts do not use.
  private static final Pattern IGNORED =
      Pattern.compile(
          "(.*\\.)?(position_ids|token_type_ids|num_batches_tracked)"
              + "|(cls|lm_head|discriminator_predictions|generator_predictions|generator_lm_head"
              + "|classifier|pre_classifier|qa_outputs|head|pooler)\\..*"
              + "|vocab_.*");

  private final TextConfig config;
  private final Readout readout;

  private TextTransformer(TextConfig config, Readout readout, NumberType numbers) {
    super(
        config.family().name(),
        new Input(config.vocabulary(), config.types(), config.maxTokens(), config.padId()),
        shapes(config, readout.pooling()),
        TextPrograms.of(config, readout),
        numbers);
    this.config = config;
    this.readout = readout;
  }

  /**
   * An encoder with the weights of a checkpoint.
   *
   * @param source under the names of the bare network; see {@link
   *     io.github.djlstitch.encoders.internal.weights.CheckpointNames}
   * @param manager owns the weights
   * @throws StitchException (bad input) naming the first tensor that is missing, unknown or of
   *     another shape; (usage) if the readout names a layer or a pooling that is not there
   */
  public static TextTransformer load(
      TextConfig config,
      Readout readout,
      NumberType numbers,
      WeightSource source,
      NDManager manager) {
    LayerNames.of(config.family()).requireRoom(config.layers(), source);
    requirePooler(config, readout, source);
    var network = new TextTransformer(config, readout, numbers);
    network.fill(source, IGNORED, manager);
    return network;
  }

  /**
   * As {@link #load(TextConfig, Readout, NumberType, WeightSource, NDManager)}, with the states
   * behind one layer multiplied.
   *
   * @throws StitchException (usage) if there is no such layer
   */
  public static TextTransformer load(
      TextConfig config,
      Readout readout,
      NumberType numbers,
      WeightSource source,
      Optional<StateScale> scale,
      NDManager manager) {
    WeightSource scaled = scale.map(s -> ScaledStates.of(source, config, s)).orElse(source);
    return load(config, readout, numbers, scaled, manager);
  }

  @Override
  public int width() {
    return readout.vectors(config.layers()) * config.width();
  }

  // Never filled at random, as some libraries do.
  private static void requirePooler(TextConfig config, Readout readout, WeightSource source) {
    if (readout.pooling() != Pooling.POOLER) {
      return;
    }
    if (readout.layerOf(config.layers()) != config.layers()) {
      throw StitchException.usage(
          "pooling 'pooler' reads the last layer but layer %d was requested; use cls or mean",
          readout.layer());
    }
    if (!source.names().contains(POOLER + ".weight")) {
      throw StitchException.badInput(
          "pooling 'pooler' needs tensor '%s.weight', which the checkpoint lacks; use cls or mean",
          POOLER);
    }
  }

  /** The checkpoint's tensors in the order in which the program unpacks them. */
  private static Map<String, Shape> shapes(TextConfig c, Pooling pooling) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    int embedding = c.embeddingWidth();
    shapes.put("embeddings.word_embeddings.weight", new Shape(c.vocabulary(), embedding));
    shapes.put("embeddings.position_embeddings.weight", new Shape(c.positions(), embedding));
    LayerNames.norm(shapes, "embeddings.LayerNorm", embedding);
    if (c.types() > 0) {
      shapes.put("embeddings.token_type_embeddings.weight", new Shape(c.types(), embedding));
    }
    if (embedding != c.width()) {
      LayerNames.dense(shapes, "embeddings_project", c.width(), embedding);
    }
    if (c.family().hasRelativeBias()) {
      shapes.put(
          "encoder.relative_attention_bias.weight", new Shape(TextPrograms.BUCKETS, c.heads()));
    }
    if (pooling == Pooling.POOLER) {
      LayerNames.dense(shapes, POOLER, c.width(), c.width());
    }
    LayerNames.of(c.family()).declare(shapes, c.layers(), c.width(), c.intermediate());
    return shapes;
  }
}
