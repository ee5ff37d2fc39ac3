// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Activation;
import io.github.djlstitch.encoders.internal.block.ClassDefaults;
import io.github.djlstitch.encoders.internal.text.TextConfig.Family;
import java.util.Map;

/** Reads Hugging Face's configurations of the BERT family, with their classes' defaults. */
final class TextConfigReader {
  private static final Map<String, Family> FAMILIES =
      Map.of(
          "bert", Family.BERT,
          "roberta", Family.ROBERTA,
          "xlm-roberta", Family.ROBERTA,
          "camembert", Family.ROBERTA,
          "electra", Family.ELECTRA,
          "distilbert", Family.DISTILBERT,
          "mpnet", Family.MPNET);

  private static final double DISTILBERT_EPSILON = 1e-12; // fixed in its code, in no file
  private static final int MPNET_PAD_ID = 1; // likewise
  private static final int MPNET_BUCKETS = 32;

  private TextConfigReader() {}

  static TextConfig read(JsonCard stored) {
    Family family = stored.choice("model_type", FAMILIES);
    requireEncoder(stored);
    boolean distils = family == Family.DISTILBERT;
    JsonCard config =
        ClassDefaults.in(
            stored,
            stored.text("model_type"),
            distils ? "dim" : "hidden_size",
            distils ? "n_heads" : "num_attention_heads");
    return switch (family) {
      case BERT, ROBERTA -> bert(config, family);
      case ELECTRA -> electra(config);
      case MPNET -> mpNet(config);
      case DISTILBERT -> distilBert(config);
    };
  }

  // Settings with which the same weights compute something else.
  private static void requireEncoder(JsonCard config) {
    for (String flag : new String[] {"is_decoder", "add_cross_attention"}) {
      if (config.gives(flag) && config.flag(flag)) {
        throw config.refusal(flag, "false: decoders are not supported");
      }
    }
    if (config.gives("position_embedding_type")) {
      config.require("position_embedding_type", "absolute");
    }
  }

  private static TextConfig bert(JsonCard config, Family family) {
    int width = width(config, "hidden_size", "num_attention_heads");
    int types = config.size("type_vocab_size");
    return named(config, family, types, width, padId(config, family));
  }

  private static TextConfig electra(JsonCard config) {
    int embedding = config.size("embedding_size");
    int types = config.size("type_vocab_size");
    return named(config, Family.ELECTRA, types, embedding, padId(config, Family.ELECTRA));
  }

  private static TextConfig mpNet(JsonCard config) {
    if (config.gives("relative_attention_num_buckets")) {
      requireBuckets(config);
    }
    int width = width(config, "hidden_size", "num_attention_heads");
    return named(config, Family.MPNET, 0, width, MPNET_PAD_ID);
  }

  // Under the names that BERT gave the fields.
  private static TextConfig named(
      JsonCard config, Family family, int types, int embeddingWidth, int padId) {
    return new TextConfig(
        family,
        config.size("vocab_size"),
        config.size("max_position_embeddings"),
        types,
        width(config, "hidden_size", "num_attention_heads"),
        embeddingWidth,
        config.size("num_hidden_layers"),
        config.size("num_attention_heads"),
        config.size("intermediate_size"),
        epsilon(config),
        config.choice("hidden_act", Activation.BY_NAME),
        padId);
  }

  private static TextConfig distilBert(JsonCard config) {
    int width = width(config, "dim", "n_heads");
    return new TextConfig(
        Family.DISTILBERT,
        config.size("vocab_size"),
        config.size("max_position_embeddings"),
        0,
        width,
        width,
        config.size("n_layers"),
        config.size("n_heads"),
        config.size("hidden_dim"),
        DISTILBERT_EPSILON,
        config.choice("activation", Activation.BY_NAME),
        padId(config, Family.DISTILBERT));
  }

  static int width(JsonCard config, String field, String heads) {
    int width = config.size(field);
    if (width % config.size(heads) != 0) {
      throw config.refusal(field, "a multiple of " + heads);
    }
    return width;
  }

  static double epsilon(JsonCard config) {
    double epsilon = config.number("layer_norm_eps");
    if (!(epsilon > 0 && epsilon < 1)) {
      throw config.refusal("layer_norm_eps", "a number between 0 and 1");
    }
    return epsilon;
  }

  static int tokenId(JsonCard config, String field) {
    long id = config.integer(field);
    if (id < 0 || id >= config.size("vocab_size")) {
      throw config.refusal(field, "a token id, from 0 to vocab_size - 1");
    }
    return (int) id;
  }

  // Where positions do not depend on it, padding may have any id.
  private static int padId(JsonCard config, Family family) {
    boolean free = !family.skipsPadding();
    int id = free && !config.gives("pad_token_id") ? 0 : tokenId(config, "pad_token_id");
    if (!free && config.size("max_position_embeddings") < id + 2) {
      throw config.refusal("max_position_embeddings", "more than pad_token_id + 1");
    }
    return id;
  }

  private static void requireBuckets(JsonCard config) {
    if (config.size("relative_attention_num_buckets") != MPNET_BUCKETS) {
      throw config.refusal("relative_attention_num_buckets", Integer.toString(MPNET_BUCKETS));
    }
  }
}
