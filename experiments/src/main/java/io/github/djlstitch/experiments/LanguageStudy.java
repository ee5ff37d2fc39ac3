// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.StitchException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The cross-lingual tables' common part: a task, from the user's reviews or from what is at hand,
 * and the training of the official head on it.
 *
 * @param task the languages
 * @param epochs of training
 */
record LanguageStudy(LanguageTask task, int epochs) {
  /** The data of tables with two classes: the paper's, then the substitute. */
  static final String DATA =
      "Amazon reviews in the paper, which are withdrawn: yours by --dataset csv:en.csv,csv:es.csv,..."
          + " (text, label 1 to 5, split, id; a training row with one id in all files is one review"
          + " and its translations) and --anchors-from wiki-en.txt,wiki-es.txt,... (line N of each is"
          + " one sentence), or amazon/en.csv, es.csv, fr.csv, ja.csv and wikimatrix/en.txt, ... under"
          + " --data; at most 8,000 training and 2,000 test rows unless --full. Else SIB-200's topics"
          + " in five languages, with sentences on other topics as out-of-domain anchors";

  /** Reviews as good and bad, else topics of sentences. */
  static LanguageStudy coarse(Lab lab) {
    Optional<ReviewLanguages> given = ReviewLanguages.of(lab);
    return given.isPresent()
        ? new LanguageStudy(given.get().task(TextSelection::coarse), 3)
        : new LanguageStudy(Sib200Languages.topics(lab), 5);
  }

  /**
   * Stars of reviews, else fifths by the length of sentences.
   *
   * @throws StitchException (bad input) if the user's classes have no order or are only two
   */
  static LanguageStudy fine(Lab lab) {
    Optional<ReviewLanguages> given = ReviewLanguages.of(lab);
    LanguageTask task =
        given.isPresent() ? given.get().task(data -> data) : Sib200Languages.lengths(lab);
    if (!task.ordered() || task.classes().size() < 3) {
      throw StitchException.badInput(
          "'%s' has the classes %s; table16 needs labels that have an order, such as the stars 1 to"
              + " 5",
          task.languages().get(0).data().name(), String.join(", ", task.classes()));
    }
    return new LanguageStudy(task, 5);
  }

  /**
   * Measures with an encoder of its own for each language.
   *
   * @param decoders how many of the languages have a head
   */
  CrossLingualScores ofEach(Lab lab, int decoders) {
    return measure(lab, LanguageEncoders.ofEach(lab, task.names()), decoders);
  }

  /** As {@link #ofEach}, with a head in every language. */
  CrossLingualScores ofEach(Lab lab) {
    return ofEach(lab, task.languages().size());
  }

  /** Measures all pairs with one encoder for all languages. */
  CrossLingualScores forAll(Lab lab) {
    int count = task.languages().size();
    return measure(lab, Collections.nCopies(count, LanguageEncoders.forAll(lab)), count);
  }

  private CrossLingualScores measure(Lab lab, List<String> encoders, int decoders) {
    return new CrossLingual(CrossLingual.protocol(epochs), task, encoders, decoders).measure(lab);
  }
}
