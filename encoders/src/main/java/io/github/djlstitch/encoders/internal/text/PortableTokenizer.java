// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.encoders.internal.tokenizer.Tokenization;

/**
 * Writes into a {@code tokenizer.json} what is decided beside it: the files beside it, the limit,
 * padding, and the steps that texts take first, as normalizers. So written, a prefix is put before
 * every piece of a text between special tokens that the text itself spells out, and not before an
 * empty text; lower-casing goes letter by letter.
 */
final class PortableTokenizer {
  private static final Gson JSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private PortableTokenizer() {}

  static String of(
      Tokenization tokenization, int maxTokens, int padId, String prefix, Cleaning cleaning) {
    JsonObject tokenizer = JsonParser.parseString(tokenization.json()).getAsJsonObject();
    tokenizer.add("truncation", truncation(maxTokens, tokenization.truncatesLeft()));
    tokenizer.add("padding", padding(tokenizer, padId));
    JsonArray steps = steps(prefix, cleaning);
    if (!steps.isEmpty()) {
      JsonElement own = tokenizer.get("normalizer");
      if (own != null && !own.isJsonNull()) {
        steps.add(own);
      }
      var all = typed("Sequence");
      all.add("normalizers", steps);
      tokenizer.add("normalizer", all);
    }
    return JSON.toJson(tokenizer);
  }

  private static JsonObject truncation(int maxTokens, boolean left) {
    var truncation = new JsonObject();
    truncation.addProperty("direction", left ? "Left" : "Right");
    truncation.addProperty("max_length", maxTokens);
    truncation.addProperty("strategy", "LongestFirst");
    truncation.addProperty("stride", 0);
    return truncation;
  }

  private static JsonObject padding(JsonObject tokenizer, int padId) {
    var padding = new JsonObject();
    padding.addProperty("strategy", "BatchLongest");
    padding.addProperty("direction", "Right");
    padding.add("pad_to_multiple_of", JsonNull.INSTANCE);
    padding.addProperty("pad_id", padId);
    padding.addProperty("pad_type_id", 0);
    padding.addProperty("pad_token", token(tokenizer, padId));
    return padding;
  }

  private static String token(JsonObject tokenizer, int id) {
    if (tokenizer.get("added_tokens") instanceof JsonArray added) {
      for (JsonElement token : added) {
        JsonObject known = token.getAsJsonObject();
        if (known.get("id").getAsInt() == id) {
          return known.get("content").getAsString();
        }
      }
    }
    return "[PAD]";
  }

  private static JsonArray steps(String prefix, Cleaning cleaning) {
    var steps = new JsonArray();
    if (!prefix.isEmpty()) {
      var prepend = typed("Prepend");
      prepend.addProperty("prepend", prefix);
      steps.add(prepend);
    }
    if (cleaning.strips()) {
      var strip = typed("Strip");
      strip.addProperty("strip_left", true);
      strip.addProperty("strip_right", true);
      steps.add(strip);
    }
    if (cleaning.lowerCase()) {
      steps.add(typed("Lowercase"));
    }
    return steps;
  }

  private static JsonObject typed(String type) {
    var step = new JsonObject();
    step.addProperty("type", type);
    return step;
  }
}
