// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import com.google.gson.JsonObject;

/** A token that is found in a text before it is cut into others. */
record AddedToken(
    String content,
    boolean singleWord,
    boolean leftStrip,
    boolean rightStrip,
    boolean normalized,
    boolean special) {

  /** A special token that is given by its text alone. */
  static AddedToken special(String content) {
    return new AddedToken(content, false, false, false, false, true);
  }

  /** One that is stored with its properties. */
  static AddedToken of(Node node) {
    node.only(
        "id", "content", "single_word", "lstrip", "rstrip", "normalized", "special", "__type");
    boolean special = node.flag("special", false);
    return new AddedToken(
        node.field("content").text(),
        node.flag("single_word", false),
        node.flag("lstrip", false),
        node.flag("rstrip", false),
        node.flag("normalized", !special),
        special);
  }

  AddedToken asSpecial() {
    return new AddedToken(content, singleWord, leftStrip, rightStrip, normalized, true);
  }

  AddedToken strippingLeft() {
    return new AddedToken(content, singleWord, true, rightStrip, normalized, special);
  }

  JsonObject json(long id) {
    var json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("content", content);
    json.addProperty("single_word", singleWord);
    json.addProperty("lstrip", leftStrip);
    json.addProperty("rstrip", rightStrip);
    json.addProperty("normalized", normalized);
    json.addProperty("special", special);
    return json;
  }
}
