// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Tokenizers of every kind of model, small enough to be opened thousands of times. */
final class TinyTokenizers {
  private TinyTokenizers() {}

  static List<String> all() {
    return List.of(wordPiece(), bytePairs(), unigram(), wordLevel());
  }

  /** Files beside a tokenizer. */
  static List<Map<String, String>> settings() {
    return List.of(
        Map.of(),
        Map.of(
            "config.json",
            "{\"model_type\": \"bert\"}",
            "tokenizer_config.json",
            "{\"do_lower_case\": true, \"strip_accents\": null, \"tokenize_chinese_chars\": true,"
                + " \"cls_token\": \"[CLS]\", \"model_max_length\": 9, \"truncation_side\": \"left\","
                + " \"added_tokens_decoder\": {\"0\": "
                + TOKEN.formatted("[PAD]")
                + ", \"1\": "
                + TOKEN.formatted("[UNK]")
                + "}}"),
        Map.of(
            "config.json", "{\"model_type\": \"roberta\"}",
            "tokenizer_config.json",
                "{\"tokenizer_class\": \"RobertaTokenizer\", \"add_prefix_space\": true}",
            "special_tokens_map.json",
                "{\"cls_token\": \"a\", \"mask_token\": " + TOKEN.formatted("x") + "}",
            "added_tokens.json", "{\"<ent>\": 70}"),
        Map.of("config.json", "{\"model_type\": \"xlm-roberta\"}"),
        Map.of("config.json", "{\"model_type\": \"mpnet\"}"),
        Map.of(
            "config.json", "{\"model_type\": \"clip\"}",
            "tokenizer_config.json",
                "{\"unk_token\": \"a\", \"eos_token\": \"b\", \"bos_token\": \"ab\"}"),
        Map.of(
            "tokenizer_config.json",
            "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"cls_token\": \"<new>\"}"));
  }

  private static final String TOKEN =
      "{\"content\": \"%s\", \"single_word\": false, \"lstrip\": false, \"rstrip\": false,"
          + " \"normalized\": false, \"special\": true}";

  static String wordPiece() {
    var vocabulary = new JsonObject();
    for (String token :
        "[PAD] [UNK] [CLS] [SEP] [MASK] hello world Hello . x a b ##a ##b ##x é ##é"
            .split(" ", -1)) {
      vocabulary.addProperty(token, vocabulary.size());
    }
    return file(
        """
        {"type": "Sequence", "normalizers": [
          {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
          {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
          {"type": "Strip", "strip_left": true, "strip_right": true}]}""",
        "{\"type\": \"BertPreTokenizer\"}",
        """
        {"type": "TemplateProcessing",
         "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
         "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
         "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}, "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}}""",
        "{\"type\": \"WordPiece\", \"unk_token\": \"[UNK]\", \"continuing_subword_prefix\": \"##\","
            + " \"max_input_chars_per_word\": 100, \"vocab\": "
            + vocabulary
            + "}",
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]");
  }

  static String bytePairs() {
    var vocabulary = new JsonObject();
    for (String token :
        "<s> </s> <unk> <mask> a b h e l o Ġ x ab aab Ġa he ll hell hello".split(" ", -1)) {
      vocabulary.addProperty(token, vocabulary.size());
    }
    return file(
        "{\"type\": \"NFC\"}",
        """
        {"type": "Sequence", "pretokenizers": [
          {"type": "Split", "pattern": {"String": "\\t"}, "behavior": "Removed", "invert": false},
          {"type": "Digits", "individual_digits": true},
          {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}]}""",
        "{\"type\": \"RobertaProcessing\", \"sep\": [\"</s>\", 1], \"cls\": [\"<s>\", 0], \"trim_offsets\": true, \"add_prefix_space\": false}",
        "{\"type\": \"BPE\", \"dropout\": null, \"unk_token\": \"<unk>\", \"continuing_subword_prefix\": \"\","
            + " \"end_of_word_suffix\": \"\", \"fuse_unk\": false, \"byte_fallback\": false, \"ignore_merges\": false,"
            + " \"vocab\": "
            + vocabulary
            + ", \"merges\": [\"a b\", [\"a\", \"ab\"], \"Ġ a\", \"h e\", \"l l\", \"he ll\", \"hell o\"]}",
        "<s>",
        "</s>");
  }

  static String unigram() {
    var vocabulary = new JsonArray();
    for (String token : "<s> <pad> </s> <unk> ▁ ▁hello ▁world a b x ▁a é".split(" ", -1)) {
      var piece = new JsonArray();
      piece.add(token);
      piece.add(-vocabulary.size());
      vocabulary.add(piece);
    }
    return file(
        "{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Precompiled\", \"precompiled_charsmap\": \""
            + charsMap()
            + "\"}, {\"type\": \"Prepend\", \"prepend\": \"▁\"}, {\"type\": \"NFKD\"}, {\"type\": \"StripAccents\"}]}",
        """
        {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"},
          {"type": "Punctuation", "behavior": "Isolated"},
          {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true}]}""",
        "{\"type\": \"Sequence\", \"processors\": [{\"type\": \"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": true, \"use_regex\": true},"
            + " {\"type\": \"BertProcessing\", \"sep\": [\"</s>\", 2], \"cls\": [\"<s>\", 0]}]}",
        "{\"type\": \"Unigram\", \"unk_id\": 3, \"vocab\": "
            + vocabulary
            + ", \"byte_fallback\": false}",
        "<s>");
  }

  private static String wordLevel() {
    return file(
        "null",
        "{\"type\": \"Whitespace\"}",
        "null",
        "{\"type\": \"WordLevel\", \"unk_token\": \"<unk>\", \"vocab\": {\"<unk>\": 0, \"hello\": 1, \"x\": 2}}");
  }

  /** A table that turns "x" into "xx" and "é" into "e". */
  static String charsMap() {
    var buffer = ByteBuffer.allocate(4 + 4 * 768 + 8).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(4 * 768);
    int[] units = new int[768];
    units[0] = 256 << 10; // the root's block starts at 256
    link(units, 256, 'x', 256, true, 0);
    link(units, 256, 0xc3, 512, false, 0);
    link(units, 512, 0xa9, 512, true, 3);
    for (int unit : units) {
      buffer.putInt(unit);
    }
    buffer.put("xx\0e\0abc".getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(buffer.array());
  }

  // A child at a label, and behind it, with a leaf, the place of its replacement.
  private static void link(int[] units, int place, int label, int block, boolean leaf, int value) {
    int at = place ^ label;
    int next = block == place ? place : block;
    units[at] = (at ^ next) << 10 | (leaf ? 1 << 8 : 0) | label;
    if (leaf) {
      units[next] = 1 << 31 | value;
    }
  }

  private static String file(
      String normalizer, String preTokenizer, String processor, String model, String... specials) {
    var added = new StringBuilder();
    var vocabulary = JsonParser.parseString(model).getAsJsonObject().get("vocab");
    for (String special : specials) {
      long id =
          vocabulary.isJsonObject() ? vocabulary.getAsJsonObject().get(special).getAsLong() : 0;
      added
          .append(added.isEmpty() ? "" : ", ")
          .append(
              TOKEN.formatted(special).replace("{\"content\"", "{\"id\": " + id + ", \"content\""));
    }
    return """
        {"version": "1.0", "truncation": {"direction": "Right", "max_length": 8, "strategy": "LongestFirst", "stride": 0},
         "padding": null, "added_tokens": [%s], "normalizer": %s, "pre_tokenizer": %s, "post_processor": %s,
         "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true}, "model": %s}"""
        .formatted(added, normalizer, preTokenizer, processor, model);
  }
}
