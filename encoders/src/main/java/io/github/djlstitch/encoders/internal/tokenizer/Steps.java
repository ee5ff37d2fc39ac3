// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.djlstitch.core.StitchException;
import java.util.Set;

/**
 * The steps before a tokenizer's model, normalizers and pre-tokenizers: those that the native
 * library knows, with the fields that it knows, checked and written anew.
 */
final class Steps {
  private static final int MOST = 32;
  private static final int LONGEST = 64; // characters of a text that a step puts in
  private static final double MOST_GROWTH = 1000; // of a text, by all steps together
  private static final Set<String> BEHAVIORS =
      Set.of("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous");

  private int count;
  private double growth = 1;

  private Steps() {}

  static JsonElement normalizer(Node node) {
    return node.isNull() ? node.value() : new Steps().normalize(node);
  }

  static JsonElement preTokenizer(Node node) {
    return node.isNull() ? node.value() : new Steps().cut(node);
  }

  private JsonObject step(Node node) {
    if (++count > MOST) {
      throw node.fault("is one of more than " + MOST + " steps");
    }
    var json = new JsonObject();
    json.addProperty("type", node.field("type").text());
    return json;
  }

  private JsonObject normalize(Node node) {
    JsonObject json = step(node);
    switch (node.field("type").text()) {
      case "Sequence" -> {
        var steps = new JsonArray();
        node.only("type", "normalizers")
            .field("normalizers")
            .items()
            .forEach(n -> steps.add(normalize(n)));
        json.add("normalizers", steps);
      }
      case "BertNormalizer" -> {
        node.only("type", "clean_text", "handle_chinese_chars", "strip_accents", "lowercase");
        flags(node, json, "clean_text", "handle_chinese_chars", "lowercase");
        json.add(
            "strip_accents",
            node.field("strip_accents").isNull()
                ? node.field("strip_accents").value()
                : flag(node.field("strip_accents")));
      }
      case "Strip" ->
          flags(node.only("type", "strip_left", "strip_right"), json, "strip_left", "strip_right");
      case "Replace" -> replace(node.only("type", "pattern", "content"), json);
      case "Prepend" ->
          json.addProperty("prepend", inserted(node.only("type", "prepend").field("prepend")));
      case "Precompiled" ->
          json.addProperty(
              "precompiled_charsmap",
              CharsMap.checked(
                  node.only("type", "precompiled_charsmap").field("precompiled_charsmap")));
      case "StripAccents", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "Nmt", "ByteLevel" ->
          node.only("type");
      default -> throw unknown(node, "normalizer");
    }
    return json;
  }

  private void replace(Node node, JsonObject json) {
    json.add("pattern", Patterns.checked(node.field("pattern")));
    String content = inserted(node.field("content"));
    json.addProperty("content", content);
    growth *= Math.max(1, content.length());
    if (growth > MOST_GROWTH) {
      throw node.fault("is one of several that make texts more than 1000 times as long");
    }
  }

  private static String inserted(Node node) {
    String text = node.text();
    if (text.length() > LONGEST) {
      throw node.refusal("at most " + LONGEST + " characters");
    }
    return text;
  }

  private JsonObject cut(Node node) {
    JsonObject json = step(node);
    switch (node.field("type").text()) {
      case "Sequence" -> {
        var steps = new JsonArray();
        node.only("type", "pretokenizers")
            .field("pretokenizers")
            .items()
            .forEach(n -> steps.add(cut(n)));
        json.add("pretokenizers", steps);
      }
      case "ByteLevel" -> {
        node.only("type", "add_prefix_space", "trim_offsets", "use_regex");
        flags(node, json, "add_prefix_space", "trim_offsets");
        json.addProperty("use_regex", node.flag("use_regex", true));
      }
      case "Metaspace" -> metaspace(node, json);
      case "Split" -> {
        node.only("type", "pattern", "behavior", "invert");
        json.add("pattern", Patterns.checked(node.field("pattern")));
        json.addProperty("behavior", node.field("behavior").choice(BEHAVIORS));
        flags(node, json, "invert");
      }
      case "Punctuation" -> punctuation(node, json);
      case "Digits" ->
          json.addProperty(
              "individual_digits",
              node.only("type", "individual_digits").flag("individual_digits", false));
      case "CharDelimiterSplit" ->
          json.addProperty(
              "delimiter", character(node.only("type", "delimiter").field("delimiter")));
      case "BertPreTokenizer", "Whitespace", "WhitespaceSplit", "UnicodeScripts" ->
          node.only("type");
      default -> throw unknown(node, "pre-tokenizer");
    }
    return json;
  }

  private static void punctuation(Node node, JsonObject json) {
    node.only("type", "behavior");
    json.addProperty(
        "behavior", node.optional("behavior").map(b -> b.choice(BEHAVIORS)).orElse("Isolated"));
  }

  private static void metaspace(Node node, JsonObject json) {
    node.only("type", "replacement", "prepend_scheme", "split", "add_prefix_space", "str_rep");
    String scheme =
        node.optional("prepend_scheme")
            .map(s -> s.choice(Set.of("always", "never", "first")))
            .orElse("always");
    if (!node.flag("add_prefix_space", true) && !scheme.equals("never")) {
      throw node.fault("says both that a space is put before texts and that none is");
    }
    json.addProperty("replacement", character(node.field("replacement")));
    json.addProperty("prepend_scheme", scheme);
    json.addProperty("split", node.flag("split", true));
  }

  private static String character(Node node) {
    if (node.text().codePointCount(0, node.text().length()) != 1) {
      throw node.refusal("one character");
    }
    return node.text();
  }

  private static void flags(Node node, JsonObject json, String... names) {
    for (String name : names) {
      json.add(name, flag(node.field(name)));
    }
  }

  private static JsonElement flag(Node node) {
    boolean checked = node.flag();
    return new JsonPrimitive(checked);
  }

  private static StitchException unknown(Node node, String kind) {
    return node.field("type").fault("names a " + kind + " that is not known");
  }
}
