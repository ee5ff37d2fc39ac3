// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a tokenizer that cuts words into tokens, checked and written anew: nothing that the
 * native library would stumble on, no field that it would read in another way.
 */
final class TokenModel {
  /** The kinds of models. */
  enum Kind {
    WordPiece,
    BPE,
    Unigram,
    WordLevel;

    static final Set<String> NAMES = Set.of("WordPiece", "BPE", "Unigram", "WordLevel");
  }

  private static final long LONGEST_WORD = 10_000; // the time for a word grows with its square

  private final Kind kind;
  private final JsonObject json;
  private final Map<String, Long> ids;

  private TokenModel(Kind kind, JsonObject json, Map<String, Long> ids) {
    this.kind = kind;
    this.json = json;
    this.ids = ids;
  }

  static TokenModel of(Node node) {
    Kind kind = kind(node);
    var json = new JsonObject();
    json.addProperty("type", kind.name());
    var vocabulary = node.field("vocab");
    Map<String, Long> ids = kind == Kind.Unigram ? pieces(vocabulary) : ids(vocabulary);
    json.add("vocab", vocabulary.value());
    var model = new TokenModel(kind, json, ids);
    switch (kind) {
      case WordPiece -> model.wordPiece(node);
      case BPE -> model.bpe(node);
      case Unigram -> model.unigram(node);
      case WordLevel -> model.wordLevel(node);
    }
    return model;
  }

  // Files of the first years do not name it.
  private static Kind kind(Node node) {
    Optional<Node> type = node.optional("type");
    if (type.isPresent()) {
      return Kind.valueOf(type.get().choice(Kind.NAMES));
    }
    if (node.field("vocab").value() instanceof JsonArray) {
      return Kind.Unigram;
    }
    if (node.optional("merges").isPresent()) {
      return Kind.BPE;
    }
    return node.optional("max_input_chars_per_word").isPresent() ? Kind.WordPiece : Kind.WordLevel;
  }

  private static Map<String, Long> ids(Node vocabulary) {
    Map<String, Long> ids = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> entry : vocabulary.object().entrySet()) {
      String token = vocabulary.wellFormed(entry.getKey());
      ids.put(token, new Node(vocabulary.file(), "model.vocab." + token, entry.getValue()).id());
    }
    if (ids.isEmpty()) {
      throw vocabulary.refusal("tokens");
    }
    return ids;
  }

  private static Map<String, Long> pieces(Node vocabulary) {
    Map<String, Long> ids = new HashMap<>();
    for (int i = 0; i < vocabulary.array().size(); i++) {
      Node piece = vocabulary.item(i);
      if (piece.array().size() != 2) {
        throw piece.refusal("a token and its score");
      }
      piece.item(1).real();
      ids.put(piece.item(0).text(), (long) i);
    }
    if (ids.isEmpty()) {
      throw vocabulary.refusal("tokens");
    }
    return ids;
  }

  private void wordPiece(Node node) {
    node.only(
        "type", "vocab", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word");
    json.addProperty("unk_token", known(node.field("unk_token")));
    Optional<Node> prefix = node.optional("continuing_subword_prefix");
    json.addProperty("continuing_subword_prefix", prefix.map(Node::text).orElse("##"));
    Optional<Node> longest = node.optional("max_input_chars_per_word");
    json.addProperty(
        "max_input_chars_per_word", longest.map(n -> n.whole(LONGEST_WORD)).orElse(100L));
  }

  private void wordLevel(Node node) {
    node.only("type", "vocab", "unk_token");
    json.addProperty("unk_token", known(node.field("unk_token")));
  }

  private void unigram(Node node) {
    node.only("type", "vocab", "unk_id", "byte_fallback");
    Node unknown = node.field("unk_id");
    if (unknown.whole(Integer.MAX_VALUE) >= node.field("vocab").array().size()) {
      throw unknown.refusal("the index of a token");
    }
    json.add("unk_id", unknown.value());
    json.addProperty("byte_fallback", node.flag("byte_fallback", false));
  }

  private void bpe(Node node) {
    node.only(
        "type",
        "vocab",
        "merges",
        "dropout",
        "unk_token",
        "continuing_subword_prefix",
        "end_of_word_suffix",
        "fuse_unk",
        "byte_fallback",
        "ignore_merges");
    Optional<Node> dropout = node.optional("dropout");
    if (dropout.isPresent() && dropout.get().real() != 0) {
      throw dropout.get().fault("makes tokens at random, which is not supported");
    }
    node.optional("unk_token").ifPresent(u -> json.addProperty("unk_token", known(u)));
    String prefix = node.optional("continuing_subword_prefix").map(Node::text).orElse("");
    json.addProperty("continuing_subword_prefix", prefix);
    Optional<Node> suffix = node.optional("end_of_word_suffix");
    json.addProperty("end_of_word_suffix", suffix.map(Node::text).orElse(""));
    for (String flag : new String[] {"fuse_unk", "byte_fallback", "ignore_merges"}) {
      json.addProperty(flag, node.flag(flag, false));
    }
    json.add("merges", Merges.of(node.field("merges"), ids, prefix));
  }

  private String known(Node token) {
    if (!ids.containsKey(token.text())) {
      throw token.refusal("a token of the vocabulary");
    }
    return token.text();
  }

  Kind kind() {
    return kind;
  }

  /** The number of tokens. */
  long size() {
    return ids.size();
  }

  Optional<Long> id(String token) {
    return Optional.ofNullable(ids.get(token));
  }

  JsonObject json() {
    return json;
  }

  /** The same vocabulary, and merges, under other settings. */
  TokenModel with(JsonObject settings) {
    var other = new JsonObject();
    other.addProperty("type", kind.name());
    other.add("vocab", json.get("vocab"));
    if (json.has("merges")) {
      other.add("merges", json.get("merges"));
    }
    settings.entrySet().forEach(setting -> other.add(setting.getKey(), setting.getValue()));
    return new TokenModel(kind, other, ids);
  }
}
