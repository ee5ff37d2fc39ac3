// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import com.google.gson.JsonArray;
import java.util.Map;

/** The merges of a byte-pair encoding, each of two tokens into a third, all in the vocabulary. */
final class Merges {
  private Merges() {}

  /**
   * Checks them and writes all as pairs; the older form is one text with a space.
   *
   * @param prefix of tokens that continue a word, which is cut off the second token of a merge
   */
  static JsonArray of(Node merges, Map<String, Long> ids, String prefix) {
    var checked = new JsonArray(merges.array().size());
    for (int i = 0; i < merges.array().size(); i++) {
      Node merge = merges.item(i);
      if (!merge.isText() || !merge.text().startsWith("#version")) {
        checked.add(pair(merge, ids, prefix));
      }
    }
    return checked;
  }

  private static JsonArray pair(Node merge, Map<String, Long> ids, String prefix) {
    String[] parts = parts(merge);
    if (!parts[1].startsWith(prefix)) {
      throw merge.fault("continues with a token without the prefix '" + prefix + "'");
    }
    String merged = parts[0] + parts[1].substring(prefix.length());
    if (!ids.containsKey(parts[0]) || !ids.containsKey(parts[1]) || !ids.containsKey(merged)) {
      throw merge.fault("names a token that the vocabulary lacks");
    }
    var pair = new JsonArray(2);
    pair.add(parts[0]);
    pair.add(parts[1]);
    return pair;
  }

  private static String[] parts(Node merge) {
    String[] parts =
        merge.isText()
            ? merge.text().split(" ", -1)
            : merge.items().stream().map(Node::text).toArray(String[]::new);
    if (parts.length != 2) {
      throw merge.refusal("two tokens");
    }
    return parts;
  }
}
