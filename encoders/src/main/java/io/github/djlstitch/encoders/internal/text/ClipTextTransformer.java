// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The text tower of a CLIP as a frozen DJL block: token ids and mask (B, T), int64, to vectors (B,
 * P), float32. Read with {@link Pooling#POOLER} at the last layer, they are the features that CLIP
 * compares with images', P wide and not scaled; other poolings and layers give states, D wide.
 *
 * <p>Radford et al. 2021, arXiv:2103.00020, as Hugging Face's {@code CLIPModel} computes it: causal
 * attention, layer norm before each residual and once more behind the last layer. The parameters
 * bear the checkpoint's names. Thread-safe once loaded.
 */
public final class ClipTextTransformer extends FrozenTextNetwork {
  private static final Pattern IGNORED =
      Pattern.compile(
          "(.*\\.)?position_ids|(vision_model|visual_projection|text_projection)\\..*|logit_scale");
  private static final String TOWER = "text_model.";
  private static final String TOKENS = "embeddings.token_embedding.weight";

  // Weights before the layers': token and position embeddings, final norm weight and bias, then
  // the projection if there is one.
  private static final String METHODS =
      """
      def embeddings(self: __torch__.M, ids: Tensor, types: Tensor, w: List[Tensor]) -> Tensor:
        x = torch.embedding(w[0], ids)                                       # (B, T, D)
        return torch.add(x, torch.slice(w[1], 0, 0, torch.size(ids, 1)))
      def bias(self: __torch__.M, mask: Tensor, t: int, w: List[Tensor]) -> Tensor:
        later = torch.mul(torch.to(torch.lt((self).ahead(mask), 0), t), MASKED)
        return torch.add((self).padding(mask, t), later)                     # (B, 1, T, T)
      def finish(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
        return FINISHED
      def pooler(self: __torch__.M, x: Tensor, ids: Tensor, w: List[Tensor]) -> Tensor:
        x = (self).at(x, torch.argmax(END, 1))                               # (B, D)
        return PROJECTED
      """;

  private final int width;

  private ClipTextTransformer(
      ClipTextConfig config, Readout readout, NumberType numbers, String prefix) {
    super(
        "CLIP",
        new Input(config.vocabulary(), 0, config.positions(), config.padId()),
        shapes(config, projected(config, readout), prefix),
        program(config, readout),
        numbers);
    this.width =
        projected(config, readout)
            ? config.projection()
            : readout.vectors(config.layers()) * config.width();
  }

  /**
   * A text tower with the weights of a checkpoint, which may hold the image tower as well.
   *
   * @param manager owns the weights
   * @throws StitchException (bad input) naming the first tensor that is missing, unknown or of
   *     another shape; (usage) if the readout names a layer that is not there
   */
  public static ClipTextTransformer load(
      ClipTextConfig config,
      Readout readout,
      NumberType numbers,
      WeightSource source,
      NDManager manager) {
    boolean bare = source.names().contains(TOKENS); // as recent libraries save a tower alone
    String prefix = bare ? "" : TOWER;
    LayerNames.clip(prefix).requireRoom(config.layers(), source);
    var network = new ClipTextTransformer(config, readout, numbers, prefix);
    network.fill(source, IGNORED, manager);
    return network;
  }

  @Override
  public int width() {
    return width;
  }

  private static boolean projected(ClipTextConfig config, Readout readout) {
    return config.projection() > 0
        && readout.pooling() == Pooling.POOLER
        && readout.layerOf(config.layers()) == config.layers();
  }

  private static TorchProgram program(ClipTextConfig config, Readout readout) {
    int depth = readout.layerOf(config.layers());
    boolean projected = projected(config, readout);
    boolean legacy = config.endId() == ClipTextConfig.LEGACY_END;
    String methods =
        METHODS
            .replace("FINISHED", depth == config.layers() ? "(self).norm(x, w, 2)" : "x")
            .replace("END", legacy ? "ids" : "torch.to(torch.eq(ids, " + config.endId() + "), 4)")
            .replace("PROJECTED", projected ? "torch.linear(x, w[4], None)" : "x");
    var layers =
        new TransformerProgram.Layers(
            projected ? 5 : 4,
            config.width(),
            config.heads(),
            config.epsilon(),
            config.activation(),
            true,
            true);
    return TransformerProgram.of("CLIP", layers, depth, readout, methods);
  }

  private static Map<String, Shape> shapes(ClipTextConfig c, boolean projected, String prefix) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put(prefix + TOKENS, new Shape(c.vocabulary(), c.width()));
    shapes.put(
        prefix + "embeddings.position_embedding.weight", new Shape(c.positions(), c.width()));
    LayerNames.norm(shapes, prefix + "final_layer_norm", c.width());
    if (projected) {
      shapes.put("text_projection.weight", new Shape(c.projection(), c.width()));
    }
    LayerNames.clip(prefix).declare(shapes, c.layers(), c.width(), c.intermediate());
    return shapes;
  }
}
