// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.block;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.internal.file.JsonCard;
import java.nio.file.Path;

/**
 * The values that the configuration classes of transformers 5.18 give to fields that a {@code
 * config.json} lacks; old and hand-written files lack many. Sizes are checked by the shapes of the
 * tensors afterwards; the number of heads is not, so it may be absent only where the width is that
 * of the class.
 */
public final class ClassDefaults {
  private static final JsonCard TABLE =
      JsonCard.parse(
          Path.of("class defaults"),
          """
      {"bert": {"vocab_size": 30522, "hidden_size": 768, "num_hidden_layers": 12,
         "num_attention_heads": 12, "intermediate_size": 3072, "hidden_act": "gelu",
         "max_position_embeddings": 512, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
         "pad_token_id": 0},
       "roberta": {"vocab_size": 50265, "hidden_size": 768, "num_hidden_layers": 12,
         "num_attention_heads": 12, "intermediate_size": 3072, "hidden_act": "gelu",
         "max_position_embeddings": 512, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
         "pad_token_id": 1},
       "xlm-roberta": {"vocab_size": 30522, "hidden_size": 768, "num_hidden_layers": 12,
         "num_attention_heads": 12, "intermediate_size": 3072, "hidden_act": "gelu",
         "max_position_embeddings": 512, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
         "pad_token_id": 1},
       "camembert": {"vocab_size": 30522, "hidden_size": 768, "num_hidden_layers": 12,
         "num_attention_heads": 12, "intermediate_size": 3072, "hidden_act": "gelu",
         "max_position_embeddings": 512, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
         "pad_token_id": 1},
       "electra": {"vocab_size": 30522, "hidden_size": 256, "num_hidden_layers": 12,
         "num_attention_heads": 4, "intermediate_size": 1024, "hidden_act": "gelu",
         "max_position_embeddings": 512, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
         "pad_token_id": 0, "embedding_size": 128},
       "distilbert": {"vocab_size": 30522, "max_position_embeddings": 512, "n_layers": 6,
         "n_heads": 12, "dim": 768, "hidden_dim": 3072, "activation": "gelu", "pad_token_id":
         0, "sinusoidal_pos_embds": false},
       "mpnet": {"vocab_size": 30527, "hidden_size": 768, "num_hidden_layers": 12,
         "num_attention_heads": 12, "intermediate_size": 3072, "hidden_act": "gelu",
         "max_position_embeddings": 512, "layer_norm_eps": 1e-12, "pad_token_id": 1},
       "vit": {"hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12,
         "intermediate_size": 3072, "hidden_act": "gelu", "layer_norm_eps": 1e-12,
         "image_size": 224, "patch_size": 16, "num_channels": 3, "qkv_bias": true},
       "deit": {"hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12,
         "intermediate_size": 3072, "hidden_act": "gelu", "layer_norm_eps": 1e-12,
         "image_size": 224, "patch_size": 16, "num_channels": 3, "qkv_bias": true},
       "clip": {"projection_dim": 512},
       "clip_text_model": {"vocab_size": 49408, "hidden_size": 512, "num_hidden_layers": 12,
         "num_attention_heads": 8, "intermediate_size": 2048, "hidden_act": "quick_gelu",
         "max_position_embeddings": 77, "layer_norm_eps": 1e-05, "pad_token_id": 1,
         "eos_token_id": 49407, "projection_dim": 512},
       "clip_vision_model": {"hidden_size": 768, "num_hidden_layers": 12,
         "num_attention_heads": 12, "intermediate_size": 3072, "hidden_act": "quick_gelu",
         "layer_norm_eps": 1e-05, "image_size": 224, "patch_size": 32, "num_channels": 3,
         "projection_dim": 512}}
      """);

  private ClassDefaults() {}

  /**
   * A configuration with its class's values in place of absent fields.
   *
   * @param type the {@code model_type} of the class, which has a row here
   * @param width the field of the width
   * @param heads the field of the number of attention heads
   * @throws io.github.djlstitch.core.StitchException (bad input) if the heads are absent and cannot
   *     be known
   */
  public static JsonCard in(JsonCard config, String type, String width, String heads) {
    JsonObject defaults = TABLE.card(type).json();
    boolean usual = !config.has(width) || config.size(width) == defaults.get(width).getAsInt();
    if (!config.has(heads) && !usual) {
      config.size(heads); // refuses by name
    }
    return config.or(defaults);
  }

  /** As {@link #in(JsonCard, String, String, String)}, for a class without heads of its own. */
  public static JsonCard in(JsonCard config, String type) {
    return config.or(TABLE.card(type).json());
  }
}
