// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Activation;
import io.github.djlstitch.encoders.internal.block.ClassDefaults;
import java.util.Map;

/**
 * The sizes of the text tower of a CLIP (Radford et al. 2021, arXiv:2103.00020).
 *
 * @param vocabulary number of token ids
 * @param positions longest sequence, in tokens
 * @param width hidden size D, a multiple of {@code heads}
 * @param layers number of transformer layers
 * @param heads attention heads of a layer
 * @param intermediate width of the feed-forward layer
 * @param epsilon of every layer norm
 * @param activation of the feed-forward layer
 * @param padId token id of padding
 * @param endId id of the token whose state is the text's; {@link #LEGACY_END} stands for the
 *     largest id in the text, as in the files published first
 * @param projection width that the text's state is projected to, the one it shares with images; 0
 *     without
 */
public record ClipTextConfig(
    int vocabulary,
    int positions,
    int width,
    int layers,
    int heads,
    int intermediate,
    double epsilon,
    Activation activation,
    int padId,
    int endId,
    int projection) {
  /** The end token's id in files that do not know the true one. */
  public static final int LEGACY_END = 2;

  /** Checks the sizes. */
  public ClipTextConfig {
    boolean positive = vocabulary > 0 && positions > 0 && width > 0 && layers > 0 && heads > 0;
    if (!positive || intermediate < 1 || projection < 0 || width % heads != 0) {
      throw StitchException.badInput(
          "a CLIP of width %d with %d heads and %d layers is invalid;"
              + " sizes must be positive and the width a multiple of the heads",
          width, heads, layers);
    }
    if (padId < 0 || padId >= vocabulary || endId < 0 || !(epsilon > 0 && epsilon < 1)) {
      throw StitchException.badInput(
          "a CLIP with padding id %d and end id %d of %d and epsilon %s is invalid",
          padId, endId, vocabulary, epsilon);
    }
  }

  /**
   * Reads the {@code config.json} of a Hugging Face checkpoint of the kinds clip and
   * clip_text_model.
   *
   * @throws StitchException (bad input) naming the file and the field that is missing or says what
   *     is not supported
   */
  public static ClipTextConfig of(JsonCard config) {
    boolean whole = config.choice("model_type", Map.of("clip", true, "clip_text_model", false));
    // A whole model without it would be of the class's sizes, which nobody publishes so.
    JsonCard stored = whole ? config.card("text_config") : config;
    JsonCard text =
        ClassDefaults.in(stored, "clip_text_model", "hidden_size", "num_attention_heads");
    JsonCard outer = whole ? ClassDefaults.in(config, "clip") : text;
    boolean projects = whole || projects(config);
    return new ClipTextConfig(
        text.size("vocab_size"),
        text.size("max_position_embeddings"),
        TextConfigReader.width(text, "hidden_size", "num_attention_heads"),
        text.size("num_hidden_layers"),
        text.size("num_attention_heads"),
        text.size("intermediate_size"),
        TextConfigReader.epsilon(text),
        text.choice("hidden_act", Activation.BY_NAME),
        TextConfigReader.tokenId(text, "pad_token_id"),
        TextConfigReader.tokenId(text, "eos_token_id"),
        projects ? outer.size("projection_dim") : 0);
  }

  private static boolean projects(JsonCard config) {
    return config.gives("architectures")
        && config.texts("architectures").contains("CLIPTextModelWithProjection");
  }
}
