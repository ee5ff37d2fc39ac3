// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A tokenizer whose steps its class makes anew from the stored vocabulary and the settings, as
 * transformers 5.18 does.
 */
final class RebuiltTokenizer {
  private final TokenizerClass kind;
  private final TokenizerFile stored;
  private final TokenizerSettings settings;
  private final TokenModel vocabulary;
  private final Map<String, AddedToken> specials = new HashMap<>();
  private final AddedTokens added;

  RebuiltTokenizer(TokenizerClass kind, TokenizerFile stored, TokenizerSettings settings) {
    this.kind = kind;
    this.stored = stored;
    this.settings = settings;
    this.vocabulary = stored.model();
    this.added = new AddedTokens(vocabulary);
    requireKind();
    Map<Long, AddedToken> tokens = listed();
    Map<String, AddedToken> byText = new HashMap<>();
    tokens.values().forEach(token -> byText.put(token.content(), token));
    for (String name : TokenizerClass.SPECIALS) {
      special(name).ifPresent(t -> specials.put(name, byText.getOrDefault(t.content(), t)));
    }
    Tokenization.addChecked(added, stored.path(), tokens);
    TokenizerClass.SPECIALS.stream()
        .filter(specials::containsKey)
        .map(specials::get)
        .forEach(t -> added.add(t.asSpecial()));
    settings.extras().forEach(added::add);
  }

  private void requireKind() {
    if (vocabulary.kind() != kind.model()) {
      throw StitchException.badInput(
          "'%s' has a %s model but %s needs a %s; get the files of one revision, or state another"
              + " tokenizer_class in tokenizer_config.json",
          stored.path(), vocabulary.kind(), settings.className(), kind.model());
    }
  }

  private Map<Long, AddedToken> listed() {
    return settings
        .decoder()
        .orElseGet(
            () -> {
              Map<Long, AddedToken> tokens = settings.added();
              tokens.putAll(stored.added());
              return tokens;
            });
  }

  private Optional<AddedToken> special(String name) {
    Optional<Node> denied = settings.denied(name);
    if (denied.isPresent() && (name.equals("unk_token") || kind.around().contains(name))) {
      throw denied.get().refusal("a token, which " + settings.className() + " needs");
    }
    return denied.isPresent()
        ? Optional.empty()
        : Optional.ofNullable(settings.specials().get(name)).or(() -> kind.special(name));
  }

  Tokenization tokenization(boolean left) {
    return Tokenization.of(
        stored, vocabulary.with(model()), added, normalizer(), preTokenizer(), surround(), left);
  }

  private Surround surround() {
    return new Surround(
        List.of(around(kind.around().get(0))), List.of(around(kind.around().get(1))));
  }

  private Surround.Special around(String name) {
    String text = text(name);
    return new Surround.Special(text, added.id(text).orElseThrow());
  }

  private String text(String name) {
    return Objects.requireNonNull(specials.get(name), name).content();
  }

  private JsonObject model() {
    var model = new JsonObject();
    switch (kind) {
      case BERT, MPNET -> {
        model.addProperty("unk_token", unknown());
        model.addProperty("continuing_subword_prefix", "##");
        model.addProperty("max_input_chars_per_word", 100);
      }
      case ROBERTA, CLIP -> {
        requireNoPrefix();
        if (kind == TokenizerClass.CLIP) {
          model.addProperty("unk_token", unknown());
        }
        model.addProperty("continuing_subword_prefix", "");
        model.addProperty("end_of_word_suffix", kind == TokenizerClass.CLIP ? "</w>" : "");
        model.addProperty("fuse_unk", false);
        model.addProperty("byte_fallback", false);
        model.addProperty("ignore_merges", false);
      }
      case XLM_ROBERTA, CAMEMBERT -> {
        model.addProperty("unk_id", unknownId());
        model.addProperty("byte_fallback", false);
      }
    }
    return model;
  }

  private String unknown() {
    String unknown = text("unk_token");
    if (vocabulary.id(unknown).isEmpty()) {
      throw StitchException.badInput(
          "'%s' lacks the unknown token '%s' of %s in its vocabulary; get the files of one revision",
          stored.path(), Printable.of(unknown), settings.className());
    }
    return unknown;
  }

  private long unknownId() {
    if (kind == TokenizerClass.CAMEMBERT) {
      return vocabulary.id(text("unk_token")).orElse(0L);
    }
    int xlmRoberta = 3; // fixed in its class
    if (vocabulary.json().getAsJsonArray("vocab").size() <= xlmRoberta) {
      throw StitchException.badInput(
          "'%s' has a vocabulary of %d, too few for an unknown token at %d",
          stored.path(), vocabulary.size(), xlmRoberta);
    }
    return xlmRoberta;
  }

  private void requireNoPrefix() {
    JsonElement prefix = vocabulary.json().get("continuing_subword_prefix");
    if (!prefix.getAsString().isEmpty()) {
      throw StitchException.badInput(
          "'%s' has a continuing_subword_prefix, which %s does not know; get the files of one"
              + " revision",
          stored.path(), settings.className());
    }
  }

  private JsonElement normalizer() {
    return switch (kind) {
      case BERT, MPNET -> bertNormalizer();
      case ROBERTA -> JsonNull.INSTANCE;
      case XLM_ROBERTA, CAMEMBERT ->
          stored
              .charsMap()
              .<JsonElement>map(
                  map -> with(step("Precompiled"), "precompiled_charsmap", new JsonPrimitive(map)))
              .orElse(JsonNull.INSTANCE);
      case CLIP -> sequence("normalizers", step("NFC"), spaces(), step("Lowercase"));
    };
  }

  private JsonObject bertNormalizer() {
    JsonObject bert = step("BertNormalizer");
    bert.addProperty("clean_text", true);
    bert.addProperty("handle_chinese_chars", settings.flag("tokenize_chinese_chars", true));
    Optional<Boolean> strip = settings.flag("strip_accents");
    bert.add("strip_accents", strip.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
    bert.addProperty("lowercase", settings.flag("do_lower_case", true));
    return bert;
  }

  private static JsonObject spaces() {
    JsonObject replace = with(step("Replace"), "pattern", regex("\\s+"));
    return with(replace, "content", new JsonPrimitive(" "));
  }

  private JsonElement preTokenizer() {
    return switch (kind) {
      case BERT, MPNET -> step("BertPreTokenizer");
      case ROBERTA -> byteLevel(settings.flag("add_prefix_space", false));
      case XLM_ROBERTA, CAMEMBERT ->
          sequence("pretokenizers", step("WhitespaceSplit"), metaspace());
      case CLIP -> sequence("pretokenizers", words(), byteLevel(false));
    };
  }

  private static JsonObject words() {
    JsonObject split = with(step("Split"), "pattern", regex(Patterns.CLIP));
    split.addProperty("behavior", "Removed");
    split.addProperty("invert", true);
    return split;
  }

  private JsonObject metaspace() {
    JsonObject metaspace = step("Metaspace");
    metaspace.addProperty("replacement", "▁");
    boolean prefix = settings.flag("add_prefix_space", true);
    metaspace.addProperty("prepend_scheme", prefix ? "always" : "never");
    metaspace.addProperty("split", true);
    return metaspace;
  }

  private static JsonObject byteLevel(boolean prefix) {
    JsonObject step = step("ByteLevel");
    step.addProperty("add_prefix_space", prefix);
    step.addProperty("trim_offsets", true);
    step.addProperty("use_regex", true);
    return step;
  }

  private static JsonObject regex(String regex) {
    var pattern = new JsonObject();
    pattern.addProperty("Regex", regex);
    return pattern;
  }

  private static JsonObject sequence(String field, JsonObject... steps) {
    var list = new JsonArray();
    List.of(steps).forEach(list::add);
    return with(step("Sequence"), field, list);
  }

  private static JsonObject step(String type) {
    return with(new JsonObject(), "type", new JsonPrimitive(type));
  }

  private static JsonObject with(JsonObject object, String field, JsonElement value) {
    object.add(field, value);
    return object;
  }
}
