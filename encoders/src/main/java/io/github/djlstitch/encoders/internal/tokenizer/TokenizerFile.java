// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A {@code tokenizer.json}, checked part by part as the parts are asked for. */
final class TokenizerFile {
  // Seven times that of XLM-R, twice that of the largest published one.
  private static final long LARGEST = 64L << 20;

  private final Node root;

  private TokenizerFile(Node root) {
    this.root = root;
  }

  static TokenizerFile read(Path file) {
    requireSmall(file);
    Node root = Node.of(file, JsonCard.read(file));
    root.only(
        "version",
        "truncation",
        "padding",
        "added_tokens",
        "normalizer",
        "pre_tokenizer",
        "post_processor",
        "decoder",
        "model");
    return new TokenizerFile(root);
  }

  private static void requireSmall(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw StitchException.badInput(
            "tokenizer '%s' has %d bytes but may have %d; get the file again",
            file, Files.size(file), LARGEST);
      }
    } catch (IOException e) {
      throw StitchException.badInput("cannot read tokenizer '%s': %s", file, e.getMessage())
          .because(e);
    }
  }

  Path path() {
    return root.file();
  }

  TokenModel model() {
    return TokenModel.of(root.field("model"));
  }

  /** The added tokens, by the ids that the file gives them. */
  Map<Long, AddedToken> added() {
    Map<Long, AddedToken> added = new TreeMap<>();
    List<Node> items = root.optional("added_tokens").map(Node::items).orElse(List.of());
    for (Node item : items) {
      if (added.put(item.field("id").id(), AddedToken.of(item)) != null) {
        throw item.field("id").fault("is the id of two added tokens");
      }
    }
    return added;
  }

  /** Returns true if the file says that texts lose their start, not their end. */
  boolean truncatesLeft() {
    Optional<Node> side = root.optional("truncation").flatMap(t -> t.optional("direction"));
    return side.isPresent() && side.get().choice(Set.of("Left", "Right")).equals("Left");
  }

  JsonElement normalizer() {
    return root.optional("normalizer").map(Steps::normalizer).orElse(JsonNull.INSTANCE);
  }

  JsonElement preTokenizer() {
    return root.optional("pre_tokenizer").map(Steps::preTokenizer).orElse(JsonNull.INSTANCE);
  }

  Surround surround() {
    return root.optional("post_processor").map(Surround::of).orElse(Surround.NOTHING);
  }

  /** SentencePiece's table of characters, checked, if a normalizer has one. */
  Optional<String> charsMap() {
    Optional<Node> normalizer = root.optional("normalizer");
    if (normalizer.isEmpty()) {
      return Optional.empty();
    }
    List<Node> steps =
        normalizer.get().optional("normalizers").map(Node::items).orElse(List.of(normalizer.get()));
    return steps.stream()
        .flatMap(step -> step.optional("precompiled_charsmap").stream())
        .findFirst()
        .map(CharsMap::checked);
  }
}
