// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * All that a tokenizer does, in the words of the native library: written by us from what was
 * checked, so that the library reads nothing else.
 *
 * @param file where it comes from
 * @param json a {@code tokenizer.json}
 * @param truncatesLeft true if long texts lose their start
 * @param before number of special tokens before a text
 * @param specials number of special tokens around a text
 */
public record Tokenization(
    Path file, String json, boolean truncatesLeft, int before, int specials) {
  /**
   * Reads a file that stands alone: everything is as it says.
   *
   * @throws StitchException (bad input) naming the place that is not sound
   */
  public static Tokenization of(Path file) {
    TokenizerFile stored = TokenizerFile.read(file);
    var added = new AddedTokens(stored.model());
    addChecked(added, file, stored.added());
    return whole(stored, added, stored.truncatesLeft());
  }

  /**
   * Reads a file with those beside it, as transformers 5's AutoTokenizer does.
   *
   * @throws StitchException (bad input) naming the place that is not sound, or where the files
   *     disagree beyond what that does
   */
  public static Tokenization of(Path file, TokenizerSettings settings) {
    settings.requirePossible();
    TokenizerFile stored = TokenizerFile.read(file);
    boolean left = settings.truncatesLeft().orElseGet(stored::truncatesLeft);
    Optional<TokenizerClass> kind = settings.kind(stored.model().kind());
    if (kind.isPresent()) {
      return new RebuiltTokenizer(kind.get(), stored, settings).tokenization(left);
    }
    var added = new AddedTokens(stored.model());
    addChecked(added, file, stored.added());
    settings.decoder().ifPresent(decoder -> addChecked(added, file, decoder));
    addChecked(added, file, settings.added());
    settings.specials().values().forEach(added::add);
    settings.extras().forEach(added::add);
    return whole(stored, added, left);
  }

  private static Tokenization whole(TokenizerFile stored, AddedTokens added, boolean left) {
    return of(
        stored,
        stored.model(),
        added,
        stored.normalizer(),
        stored.preTokenizer(),
        stored.surround(),
        left);
  }

  static Tokenization of(
      TokenizerFile stored,
      TokenModel model,
      AddedTokens added,
      JsonElement normalizer,
      JsonElement preTokenizer,
      Surround surround,
      boolean left) {
    var json = new JsonObject();
    json.addProperty("version", "1.0");
    json.add("truncation", JsonNull.INSTANCE);
    json.add("padding", JsonNull.INSTANCE);
    json.add("added_tokens", added.json());
    json.add("normalizer", normalizer);
    json.add("pre_tokenizer", preTokenizer);
    json.add("post_processor", surround.json());
    json.add("decoder", JsonNull.INSTANCE);
    json.add("model", model.json());
    String text = new GsonBuilder().disableHtmlEscaping().serializeNulls().create().toJson(json);
    return new Tokenization(stored.path(), text, left, surround.before().size(), surround.count());
  }

  /** Adds tokens that must get the ids that a file gives them. */
  static void addChecked(AddedTokens added, Path file, Map<Long, AddedToken> tokens) {
    tokens.forEach(
        (id, token) -> {
          added.add(token);
          added
              .id(token.content())
              .filter(given -> !given.equals(id))
              .ifPresent(
                  given -> {
                    throw StitchException.badInput(
                        "'%s': the added token '%s' has id %d but would get %d; get the files of"
                            + " one revision",
                        file, Printable.of(token.content()), id, given);
                  });
        });
  }
}
