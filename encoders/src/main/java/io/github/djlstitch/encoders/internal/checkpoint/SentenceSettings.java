// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.encoders.internal.text.Cleaning;
import io.github.djlstitch.encoders.internal.text.Prefixes;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.github.djlstitch.encoders.options.Pooling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Settings that sentence-transformers stores beside a network: its modules, its token limit and its
 * prompts. A folder without them has empty settings.
 *
 * <p>Reimers and Gurevych 2019, arXiv:1908.10084.
 *
 * @param network folder of the network's own files
 * @param pooling of the network's states, if the folder says
 * @param unitLength true if vectors are scaled to length 1
 * @param prefixes put before texts
 * @param strips true if surrounding white space is removed from texts
 * @param lowerCase true if texts are lower-cased before tokenization
 * @param files files that these settings were read from
 */
record SentenceSettings(
    ModelFolder network,
    Optional<Pooling> pooling,
    boolean unitLength,
    Prefixes prefixes,
    boolean strips,
    boolean lowerCase,
    OptionalInt maxTokens,
    List<Path> files) {
  private static final String MODULES = "modules.json";
  private static final String PROMPTS = "config_sentence_transformers.json";
  private static final List<String> LIMITS =
      List.of(
          "sentence_bert_config.json",
          "sentence_roberta_config.json",
          "sentence_distilbert_config.json",
          "sentence_camembert_config.json",
          "sentence_xlm-roberta_config.json");

  // As encode_query and encode_document of sentence-transformers 5 look for them.
  private static final Map<Role, List<String>> ROLES =
      Map.of(Role.QUERY, List.of("query"), Role.DOCUMENT, List.of("document", "passage", "corpus"));

  private static final Map<String, Pooling> MODES =
      Map.of(
          "cls", Pooling.CLS,
          "max", Pooling.MAX,
          "mean", Pooling.MEAN,
          "mean_sqrt_len_tokens", Pooling.MEAN_SQRT_LEN,
          "weightedmean", Pooling.WEIGHTED_MEAN,
          "lasttoken", Pooling.LAST);

  private static final Map<String, Pooling> FLAGS =
      Map.of(
          "pooling_mode_cls_token", Pooling.CLS,
          "pooling_mode_max_tokens", Pooling.MAX,
          "pooling_mode_mean_tokens", Pooling.MEAN,
          "pooling_mode_mean_sqrt_len_tokens", Pooling.MEAN_SQRT_LEN,
          "pooling_mode_weightedmean_tokens", Pooling.WEIGHTED_MEAN,
          "pooling_mode_lasttoken", Pooling.LAST);

  /** The steps before the tokenizer. */
  Cleaning cleaning() {
    return new Cleaning(strips, lowerCase);
  }

  /** The folder of the network itself. */
  static ModelFolder network(ModelFolder root) {
    if (!root.has(MODULES)) {
      return root;
    }
    List<JsonCard> modules = root.cards(MODULES);
    requireKnown(root.file(MODULES), modules.stream().map(SentenceSettings::type).toList());
    return folder(root, modules.get(0));
  }

  /**
   * Reads them.
   *
   * @param how the user's options; a pooling overrides the folder's
   */
  static SentenceSettings of(ModelFolder root, EncoderOptions how) {
    Optional<Pooling> asked = how.pooling();
    List<Path> files = new ArrayList<>();
    if (!root.has(MODULES)) {
      return limited(root, asked, false, Prefixes.of(""), false, files);
    }
    Path modules = root.file(MODULES);
    files.add(modules);
    List<JsonCard> cards = root.cards(MODULES);
    List<String> types = cards.stream().map(SentenceSettings::type).toList();
    requireKnown(modules, types);
    ModelFolder network = folder(root, cards.get(0));
    Prefixes prefixes = prefixes(root, files);
    Optional<Pooling> pooling = asked;
    if (asked.isEmpty() && types.contains("Pooling")) {
      Path config = folder(root, cards.get(types.indexOf("Pooling"))).file("config.json");
      files.add(config);
      pooling = Optional.of(pooling(config, prefixes.of(how.prompt())));
    }
    return limited(network, pooling, types.contains("Normalize"), prefixes, true, files);
  }

  private static SentenceSettings limited(
      ModelFolder network,
      Optional<Pooling> pooling,
      boolean unitLength,
      Prefixes prefixes,
      boolean strips,
      List<Path> files) {
    OptionalInt limit = OptionalInt.empty();
    boolean lowerCase = false;
    Optional<String> name = LIMITS.stream().filter(network::has).findFirst();
    if (name.isPresent()) {
      JsonCard card = network.card(name.get()).orElseThrow();
      files.add(network.file(name.get()));
      limit =
          card.gives("max_seq_length")
              ? OptionalInt.of(card.size("max_seq_length"))
              : OptionalInt.empty();
      lowerCase = card.gives("do_lower_case") && card.flag("do_lower_case");
    }
    return new SentenceSettings(
        network, pooling, unitLength, prefixes, strips, lowerCase, limit, List.copyOf(files));
  }

  // "sentence_transformers.models.Pooling"; the packages changed, the classes did not.
  private static String type(JsonCard module) {
    String type = module.text("type");
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static ModelFolder folder(ModelFolder root, JsonCard module) {
    return root.within(module.text("path"), root.file(MODULES));
  }

  private static void requireKnown(Path modules, List<String> types) {
    List<List<String>> known =
        List.of(
            List.of("Transformer", "Pooling"),
            List.of("Transformer", "Pooling", "Normalize"),
            List.of("CLIPModel"));
    if (!known.contains(types)) {
      throw StitchException.badInput(
          "'%s' has the modules %s, expected Transformer, Pooling and perhaps Normalize;"
              + " without what the others compute the vectors would be wrong",
          modules, Printable.of(String.join(", ", types)));
    }
  }

  private static Pooling pooling(Path file, String prefix) {
    JsonCard config = JsonCard.read(file);
    if (!prefix.isEmpty() && config.gives("include_prompt") && !config.flag("include_prompt")) {
      throw config.refusal("include_prompt", "true: pooling without the prompt is not supported");
    }
    if (config.gives("pooling_mode")) {
      return config.choice("pooling_mode", MODES);
    }
    List<Pooling> chosen =
        FLAGS.entrySet().stream()
            .filter(flag -> isOn(config, flag.getKey()))
            .map(Map.Entry::getValue)
            .sorted()
            .toList();
    if (chosen.size() != 1) {
      throw StitchException.badInput(
          "'%s' has the pooling modes %s, expected one of %s; choose with --pooling",
          file, chosen, FLAGS.keySet().stream().sorted().toList());
    }
    return chosen.get(0);
  }

  // The library's own default is the mean.
  private static boolean isOn(JsonCard config, String flag) {
    return config.gives(flag) ? config.flag(flag) : flag.equals("pooling_mode_mean_tokens");
  }

  private static Prefixes prefixes(ModelFolder root, List<Path> files) {
    Optional<JsonCard> card = root.card(PROMPTS);
    if (card.isEmpty()) {
      return Prefixes.of("");
    }
    files.add(root.file(PROMPTS));
    Map<String, String> prompts =
        card.get().gives("prompts") ? card.get().textsByName("prompts") : Map.of();
    var byRole = new EnumMap<Role, String>(Role.class);
    ROLES.forEach(
        (role, names) ->
            names.stream()
                .filter(prompts::containsKey)
                .findFirst()
                .ifPresent(name -> byRole.put(role, prompts.get(name))));
    return new Prefixes(usual(card.get(), prompts), byRole);
  }

  private static String usual(JsonCard card, Map<String, String> prompts) {
    if (!card.gives("default_prompt_name")) {
      return "";
    }
    String prompt = prompts.get(card.text("default_prompt_name"));
    if (prompt == null) {
      throw card.refusal("default_prompt_name", "one of the prompts " + prompts.keySet());
    }
    return prompt;
  }
}
