// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The special tokens around a text: what a post-processor amounts to for texts that stand alone.
 */
record Surround(List<Special> before, List<Special> after) {
  static final Surround NOTHING = new Surround(List.of(), List.of());

  private static final int MOST = 16;
  private static final Set<String> KINDS =
      Set.of("BertProcessing", "RobertaProcessing", "ByteLevel", "TemplateProcessing", "Sequence");

  /** A special token. */
  record Special(String token, long id) {}

  Surround {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** The number of special tokens. */
  int count() {
    return before.size() + after.size();
  }

  static Surround of(Node node) {
    Surround surround =
        switch (node.field("type").choice(KINDS)) {
          case "BertProcessing" -> pair(node.only("type", "sep", "cls"));
          case "RobertaProcessing" ->
              pair(node.only("type", "sep", "cls", "trim_offsets", "add_prefix_space"));
          case "TemplateProcessing" ->
              template(node.only("type", "single", "pair", "special_tokens"));
          case "Sequence" -> sequence(node.only("type", "processors"));
          default -> NOTHING; // changes the places of tokens in the text only
        };
    if (surround.count() > MOST) {
      throw node.fault("adds more than " + MOST + " special tokens");
    }
    return surround;
  }

  private static Surround pair(Node node) {
    return new Surround(List.of(special(node.field("cls"))), List.of(special(node.field("sep"))));
  }

  private static Special special(Node node) {
    if (node.array().size() != 2) {
      throw node.refusal("a token and its id");
    }
    return new Special(node.item(0).text(), node.item(1).id());
  }

  private static Surround sequence(Node node) {
    List<Special> before = new ArrayList<>();
    List<Special> after = new ArrayList<>();
    for (Node processor : node.field("processors").items()) {
      Surround next = of(processor);
      before.addAll(0, next.before());
      after.addAll(next.after());
    }
    return new Surround(before, after);
  }

  private static Surround template(Node node) {
    List<Special> before = new ArrayList<>();
    List<Special> after = new ArrayList<>();
    Node single = node.field("single");
    boolean seen = false;
    for (Node piece : single.items()) {
      piece.only("SpecialToken", "Sequence");
      if (piece.object().size() != 1) {
        throw piece.refusal("either a special token or a sequence");
      }
      if (piece.optional("Sequence").isPresent()) {
        Node sequence = piece.field("Sequence").only("id", "type_id");
        sequence.field("id").choice(Set.of("A"));
        if (seen) {
          throw single.refusal("sequence A once");
        }
        seen = true;
      } else {
        String id = piece.field("SpecialToken").only("id", "type_id").field("id").text();
        (seen ? after : before).addAll(tokens(node.field("special_tokens"), id, piece));
      }
    }
    if (!seen) {
      throw single.refusal("sequence A once");
    }
    return new Surround(before, after);
  }

  private static List<Special> tokens(Node specials, String id, Node piece) {
    if (specials.optional(id).isEmpty()) {
      throw piece.fault("names the special token '" + id + "', which 'special_tokens' lacks");
    }
    Node special = specials.field(id).only("id", "ids", "tokens");
    List<Node> ids = special.field("ids").items();
    List<Node> tokens = special.field("tokens").items();
    if (ids.size() != tokens.size() || ids.isEmpty() || ids.size() > MOST) {
      throw special.refusal("as many ids as tokens");
    }
    List<Special> found = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      found.add(new Special(tokens.get(i).text(), ids.get(i).id()));
    }
    return found;
  }

  /** The post-processor, under names of our own. */
  JsonObject json() {
    var specials = new JsonObject();
    var single = new JsonArray();
    before.forEach(special -> single.add(piece(specials, special)));
    single.add(wrapped("Sequence", "A"));
    after.forEach(special -> single.add(piece(specials, special)));
    var pair = new JsonArray();
    pair.add(wrapped("Sequence", "A"));
    pair.add(wrapped("Sequence", "B"));
    var json = new JsonObject();
    json.addProperty("type", "TemplateProcessing");
    json.add("single", single);
    json.add("pair", pair);
    json.add("special_tokens", specials);
    return json;
  }

  private static JsonObject piece(JsonObject specials, Special special) {
    String name = "special" + specials.size();
    var ids = new JsonArray();
    ids.add(special.id());
    var tokens = new JsonArray();
    tokens.add(special.token());
    var entry = new JsonObject();
    entry.addProperty("id", name);
    entry.add("ids", ids);
    entry.add("tokens", tokens);
    specials.add(name, entry);
    return wrapped("SpecialToken", name);
  }

  private static JsonObject wrapped(String kind, String id) {
    var inner = new JsonObject();
    inner.addProperty("id", id);
    inner.addProperty("type_id", 0);
    var outer = new JsonObject();
    outer.add(kind, inner);
    return outer;
  }
}
