// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The files beside a {@code tokenizer.json} that change what it does: {@code
 * tokenizer_config.json}, and for those without {@code added_tokens_decoder}, {@code
 * special_tokens_map.json} and {@code added_tokens.json}.
 */
public final class TokenizerSettings {
  /** The files, in the order of their weight. */
  public static final List<String> FILES =
      List.of("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json");

  private static final Set<String> SIDES = Set.of("left", "right");

  private final Optional<Node> config;
  private final Optional<Node> map;
  private final Optional<Node> added;
  private final Optional<String> name;
  private final Optional<String> network;

  private TokenizerSettings(
      Optional<Node> config,
      Optional<Node> map,
      Optional<Node> added,
      Optional<String> name,
      Optional<String> network) {
    this.config = config;
    this.map = map;
    this.added = added;
    this.name = name;
    this.network = network;
  }

  /**
   * Reads the settings.
   *
   * @param network the network's configuration
   * @param card finds a file of {@link #FILES}
   * @param path the place of such a file
   */
  public static TokenizerSettings of(
      JsonCard network, Function<String, Optional<JsonCard>> card, Function<String, Path> path) {
    List<Optional<Node>> files = new ArrayList<>();
    for (String file : FILES) {
      files.add(card.apply(file).map(c -> Node.of(path.apply(file), c)));
    }
    Optional<String> own = files.get(0).flatMap(c -> c.optional("tokenizer_class")).map(Node::text);
    return new TokenizerSettings(
        files.get(0),
        files.get(1),
        files.get(2),
        own.or(() -> text(network, "tokenizer_class")),
        text(network, "model_type"));
  }

  private static Optional<String> text(JsonCard card, String field) {
    return card.gives(field) ? Optional.of(card.text(field)) : Optional.empty();
  }

  /** The class that makes its steps anew, or empty if everything is as stored. */
  Optional<TokenizerClass> kind() {
    return TokenizerClass.of(name, network);
  }

  /**
   * The class that makes its steps anew from a model of that kind. Where no file names a class, the
   * network's usual one does not apply to a model that it could not use.
   */
  Optional<TokenizerClass> kind(TokenModel.Kind model) {
    return kind().filter(kind -> name.isPresent() || kind.model() == model);
  }

  /** The class in words, for a message. */
  String className() {
    return name.map(n -> "tokenizer class " + Printable.of(n))
        .orElse("the tokenizer of " + Printable.of(network.orElse("this network")));
  }

  /** Lists what these files say that has no effect here, a line each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (name.isPresent() && kind().isEmpty() && !TokenizerClass.isStored(name.get())) {
      warnings.add(
          "tokenizer class '%s' is not built in: texts are cut as tokenizer.json says, settings of tokenizer_config.json such as do_lower_case are ignored"
              .formatted(Printable.of(name.get())));
    }
    if (config
        .flatMap(c -> c.optional("padding_side"))
        .map(s -> s.choice(SIDES))
        .orElse("right")
        .equals("left")) {
      warnings.add(
          "'%s': padding_side left is ignored; padding never changes the vectors here"
              .formatted(config.orElseThrow().file()));
    }
    return warnings;
  }

  /** A flag of {@code tokenizer_config.json}. */
  boolean flag(String field, boolean otherwise) {
    return config
        .filter(c -> c.object().has(field))
        .map(c -> c.field(field).flag())
        .orElse(otherwise);
  }

  /** A flag that may be null. */
  Optional<Boolean> flag(String field) {
    return config.flatMap(c -> c.optional(field)).map(Node::flag);
  }

  /** Returns the side at which texts lose tokens, if a file says. */
  Optional<Boolean> truncatesLeft() {
    return config
        .flatMap(c -> c.optional("truncation_side"))
        .map(side -> side.choice(SIDES).equals("left"));
  }

  /** Refuses what the native library cannot do. */
  void requirePossible() {
    Optional<Node> split = config.flatMap(c -> c.optional("split_special_tokens"));
    if (split.isPresent() && split.get().flag()) {
      throw split.get().refusal("false: special tokens within texts are never split");
    }
  }

  /** Tokens added by their ids, and whether they stand in place of those of tokenizer.json. */
  Optional<Map<Long, AddedToken>> decoder() {
    Optional<Node> decoder = config.flatMap(c -> c.optional("added_tokens_decoder"));
    if (decoder.isEmpty()) {
      return Optional.empty();
    }
    Map<Long, AddedToken> tokens = new TreeMap<>();
    for (String id : decoder.get().object().keySet()) {
      Node token = decoder.get().field(id);
      if (!id.matches("\\d{1,9}")) {
        throw token.fault("is not at the id of a token");
      }
      tokens.put(Long.valueOf(id), AddedToken.of(token));
    }
    return Optional.of(tokens);
  }

  /** The tokens of {@code added_tokens.json} by their ids. */
  Map<Long, AddedToken> added() {
    Map<Long, AddedToken> tokens = new TreeMap<>();
    added.ifPresent(
        file -> {
          for (String content : file.object().keySet()) {
            boolean special = specials().containsValue(AddedToken.special(content));
            tokens.put(
                file.field(content).id(),
                new AddedToken(file.wellFormed(content), false, false, false, !special, special));
          }
        });
    return tokens;
  }

  /** The named special tokens that a file gives; empty where it gives null. */
  Map<String, AddedToken> specials() {
    Map<String, AddedToken> specials = new LinkedHashMap<>();
    for (String special : TokenizerClass.SPECIALS) {
      value(special).ifPresent(node -> specials.put(special, token(special, node)));
    }
    return specials;
  }

  /** Tests for a special token that a file says to be none. */
  Optional<Node> denied(String special) {
    return sources()
        .filter(file -> file.object().has(special))
        .findFirst()
        .map(file -> file.field(special))
        .filter(Node::isNull);
  }

  private Optional<Node> value(String special) {
    return sources()
        .filter(file -> file.object().has(special))
        .findFirst()
        .flatMap(file -> file.optional(special));
  }

  // The map is of the time before added_tokens_decoder, and outweighs the configuration then.
  private Stream<Node> sources() {
    return decoder().isPresent() ? config.stream() : Stream.concat(map.stream(), config.stream());
  }

  private AddedToken token(String special, Node node) {
    if (node.isText()) {
      return kind().map(k -> k.named(special, node.text())).orElse(AddedToken.special(node.text()));
    }
    return AddedToken.of(node).asSpecial();
  }

  /** Further special tokens. */
  List<AddedToken> extras() {
    List<AddedToken> extras = new ArrayList<>();
    sources().forEach(file -> addExtras(file, extras));
    boolean given = sources().anyMatch(file -> file.object().has("additional_special_tokens"));
    if (!given) {
      kind().ifPresent(k -> k.extras().forEach(e -> extras.add(AddedToken.special(e))));
    }
    return extras;
  }

  private static void addExtras(Node file, List<AddedToken> extras) {
    for (String field : List.of("additional_special_tokens", "extra_special_tokens")) {
      file.optional(field)
          .ifPresent(
              list -> {
                List<Node> items =
                    list.value().isJsonObject()
                        ? list.object().keySet().stream().map(list::field).toList()
                        : list.items();
                items.forEach(item -> extras.add(extra(item)));
              });
    }
    for (String field : file.object().keySet()) {
      boolean custom = field.endsWith("_token") && !TokenizerClass.SPECIALS.contains(field);
      if (custom && file.field(field).isText()) {
        extras.add(extra(file.field(field)));
      }
    }
  }

  private static AddedToken extra(Node node) {
    return node.isText() ? AddedToken.special(node.text()) : AddedToken.of(node).asSpecial();
  }
}
