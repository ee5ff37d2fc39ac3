// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import com.google.gson.JsonArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens that are added to a model's, with the ids that the native library gives them: the model's
 * own id where the model has the token, else the next free one.
 */
final class AddedTokens {
  private final TokenModel model;
  private final Map<String, AddedToken> tokens = new LinkedHashMap<>();
  private final Map<String, Long> ids = new LinkedHashMap<>();
  private long largest = -1;

  AddedTokens(TokenModel model) {
    this.model = model;
  }

  /** Adds a token; the first of several with the same text counts, an empty text is ignored. */
  void add(AddedToken token) {
    String content = token.content();
    if (content.isEmpty() || tokens.containsKey(content)) {
      return;
    }
    long id = model.id(content).orElseGet(this::next);
    tokens.put(content, token);
    ids.put(content, id);
    largest = Math.max(largest, id);
  }

  private long next() {
    return Math.max(model.size(), largest + 1);
  }

  /** The id of a token of the model or of an added one. */
  Optional<Long> id(String content) {
    return Optional.ofNullable(ids.get(content)).or(() -> model.id(content));
  }

  JsonArray json() {
    var array = new JsonArray();
    tokens.forEach((content, token) -> array.add(token.json(ids.getOrDefault(content, 0L))));
    return array;
  }
}
