// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A classification in several languages, with parallel texts to draw anchors from.
 *
 * @param what its subject, for titles
 * @param languages the decoder's first
 */
record LanguageTask(String what, List<Language> languages) {
  /** Copies the list. */
  LanguageTask {
    languages = List.copyOf(languages);
  }

  /** Origins of parallel anchors. */
  enum Origin implements Named {
    /** Texts of the task and their translations. */
    TRANSLATED,
    /** Parallel texts about something else, as the paper takes sentences of Wikipedia. */
    OUT_OF_DOMAIN
  }

  /** Texts that anchors are drawn from, as an encoder sees them. */
  @FunctionalInterface
  interface Candidates {
    LatentSpace in(Lab lab, String encoder);

    /** Training samples of a data set. */
    static Candidates of(LabelledData data) {
      return (lab, encoder) -> lab.encode(encoder, data).train();
    }
  }

  /**
   * One of the languages.
   *
   * @param name of the language
   * @param data with the classes of all languages
   * @param candidates by origin, the same origins with the same ids in all languages
   */
  record Language(String name, LabelledData data, Map<Origin, Candidates> candidates) {
    /** Copies the map. */
    Language {
      candidates = Map.copyOf(candidates);
    }

    /** The texts of an origin that there is, as an encoder sees them. */
    LatentSpace candidates(Origin origin, Lab lab, String encoder) {
      return Objects.requireNonNull(candidates.get(origin), origin.id()).in(lab, encoder);
    }
  }

  List<String> names() {
    return languages.stream().map(Language::name).toList();
  }

  List<String> classes() {
    return languages.get(0).data().classes();
  }

  boolean ordered() {
    return TextSelection.ordered(classes());
  }

  /** The origins that there are texts of. */
  List<Origin> origins() {
    return List.of(Origin.values()).stream()
        .filter(languages.get(0).candidates()::containsKey)
        .toList();
  }
}
