// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.StitchException;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The encoders of languages: one of its own for each, or one for all. */
final class LanguageEncoders {
  private static final String MULTILINGUAL = "xlm-roberta-base";

  /** The paper's encoder of a language, empty if it has none, and the nearest in the build. */
  private record Choice(String published, String bundled) {}

  private static final Map<String, Choice> CHOICES =
      Map.of(
          "en", new Choice("roberta-base", "minilm"),
          "es", new Choice("roberta-es", "bge-small"),
          "fr", new Choice("roberta-fr", "e5-small"),
          "ja", new Choice("roberta-ja", "bge-small-zh"),
          "zh", new Choice("", "bge-small-zh"));

  private LanguageEncoders() {}

  /** The two letters of a language, of a name such as {@code eng} or {@code es-reviews}. */
  static String letters(String name) {
    return switch (name.length() < 3 ? name : name.substring(0, 3)) {
      case "spa" -> "es";
      case "jpn" -> "ja";
      case "zho" -> "zh";
      default -> name.length() < 2 ? name : name.substring(0, 2);
    };
  }

  /**
   * The user's encoders, else the paper's if all are available, else bundled ones.
   *
   * @throws StitchException (usage) if there are neither 1 nor as many as languages, or a language
   *     has none
   */
  static List<String> ofEach(Lab lab, List<String> languages) {
    List<String> given = lab.givenEncoders();
    if (given.size() == 1) {
      return Collections.nCopies(languages.size(), given.get(0));
    }
    if (!given.isEmpty() && given.size() != languages.size()) {
      throw StitchException.usage(
          "--encoder has %d encoders; expected 1, or one for each of %s, in this order",
          given.size(), String.join(", ", languages));
    }
    return given.isEmpty() ? available(lab, languages) : given;
  }

  private static List<String> available(Lab lab, List<String> languages) {
    List<Choice> choices = languages.stream().map(LanguageEncoders::choice).toList();
    List<String> atHand = lab.zoo().atHand();
    boolean asInPaper =
        choices.stream().allMatch(c -> c.published().isEmpty() || atHand.contains(c.published()));
    if (!asInPaper) {
      lab.note(
          "the paper's RoBERTa of each language are not available (stitch zoo pull roberta-base"
              + " roberta-es roberta-fr roberta-ja); small English encoders read Spanish and French,"
              + " and the Chinese one reads Japanese");
    }
    return choices.stream()
        .map(c -> asInPaper && !c.published().isEmpty() ? c.published() : c.bundled())
        .toList();
  }

  private static Choice choice(String language) {
    Choice choice = CHOICES.get(letters(language));
    if (choice == null) {
      throw StitchException.usage(
          "no encoder is known for '%s' (known: en, es, fr, ja, zh at the start of a file's name);"
              + " give --encoder, one for each language or one for all",
          language);
    }
    return choice;
  }

  /** The user's first encoder, else XLM-R as in the paper, else what is nearest in the build. */
  static String forAll(Lab lab) {
    List<String> given = lab.givenEncoders();
    if (given.size() > 1) {
      throw StitchException.usage(
          "--encoder has %d encoders; this reads all languages with one", given.size());
    }
    if (!given.isEmpty()) {
      return given.get(0);
    }
    if (lab.zoo().atHand().contains(MULTILINGUAL)) {
      return MULTILINGUAL;
    }
    lab.note(
        "no multilingual encoder is at hand (stitch zoo pull xlm-roberta-base, or --encoder FOLDER):"
            + " this ran on bge-small-zh, which was trained on Chinese and knows Latin letters and"
            + " kana; the other bundled encoders were trained on English");
    return "bge-small-zh";
  }
}
