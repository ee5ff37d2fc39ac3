// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import com.google.gson.JsonElement;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The patterns of a tokenizer's steps. The native library ends the process when a regular
 * expression takes too many attempts, so those are let through that cannot: published ones, word
 * for word, and those that repeat at most one character class.
 */
final class Patterns {
  private static final int LONGEST = 100;

  /** The pattern of CLIP's words. */
  static final String CLIP =
      "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

  private static final Set<String> PUBLISHED =
      Set.of(
          CLIP,
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
              + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
          "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
              + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
          " ?[^(\\s|[.,!?…。，、।۔،])]+");

  private static final String ATOM =
      "(?:\\\\[pP]\\{[A-Z][a-z]?\\}|\\\\[sSdDwWnrt.\\-|\\[\\](){}*+?^$/\\\\]"
          + "|\\[\\^?(?:\\\\[pP]\\{[A-Z][a-z]?\\}|\\\\[sSdDwWnrt.\\-|\\[\\]^/\\\\]|[^\\\\\\[\\]^&-])+\\]"
          + "|[^\\\\\\[\\](){}*+?.^$|])";
  private static final Pattern SIMPLE =
      Pattern.compile(
          "\\^?"
              + ATOM
              + "*(?:"
              + ATOM
              + "(?:\\+|\\*|\\?|\\{\\d{1,3},?\\d{0,3}\\}))?"
              + ATOM
              + "*\\$?");

  private Patterns() {}

  static JsonElement checked(Node node) {
    node.only("String", "Regex");
    if (node.object().size() != 1) {
      throw node.refusal("either a string or a regular expression");
    }
    boolean regex = node.optional("Regex").isPresent();
    Node pattern = node.field(regex ? "Regex" : "String");
    String text = pattern.text();
    if (text.isEmpty() || (!PUBLISHED.contains(text) && text.length() > LONGEST)) {
      throw pattern.refusal("a pattern of 1 to " + LONGEST + " characters");
    }
    if (regex && !PUBLISHED.contains(text) && !isSimple(text)) {
      throw pattern.fault(
          "is no regular expression that is known to end in time (a published one, or one that"
              + " repeats a single character class)");
    }
    return node.value();
  }

  // What matches nothing at all would match everywhere.
  private static boolean isSimple(String regex) {
    return SIMPLE.matcher(regex).matches()
        && !Pattern.matches("\\^?\\$?", regex)
        && !regex.matches("(?s)\\^?" + ATOM + "(?:\\*|\\?|\\{0,?\\d*\\})\\$?");
  }
}
