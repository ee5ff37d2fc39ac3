// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.zoo.internal.data.WordNetEntries;
import io.github.djlstitch.zoo.internal.data.WordVectorFile;
import io.github.djlstitch.zoo.internal.words.WordCorpus;
import io.github.djlstitch.zoo.internal.words.WordVectorModels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Word embeddings over the vocabulary that they share, the words as ids in the same order: of the
 * user's two files, else the token embeddings of the user's encoders, else two models trained here.
 */
final class WordSpaces {
  private static final int MOST_FREQUENT = 400; // left out, as in the notebook of the paper
  private static final int LEAST_LETTERS = 4;
  private static final int LEAST_OCCURRENCES = 5; // of a word in the texts; as in word2vec

  /** Names the data of an experiment on words, for its card. */
  static final String DATA =
      "FastText and Word2Vec (--vectors A,B), else token embeddings (--encoder E,E), else skip-gram"
          + " and PMI with SVD, trained here on WordNet's definitions and examples";

  private WordSpaces() {}

  /** Spaces of the first so many words of the vocabulary. */
  static List<LatentSpace> of(Lab lab, int most) {
    if (!lab.vectors().isEmpty()) {
      return files(lab, most);
    }
    return lab.givenEncoders().isEmpty() ? trained(lab, most) : tokens(lab, most);
  }

  private static List<LatentSpace> files(Lab lab, int most) {
    if (lab.vectors().size() != 2) {
      throw StitchException.usage(
          "--vectors names %d files; expected two, A,B", lab.vectors().size());
    }
    List<WordVectorFile> files = lab.vectors().stream().map(WordVectorFile::scan).toList();
    files.forEach(file -> file.notes().forEach(lab::note));
    List<String> words = vocabulary(files.stream().map(WordVectorFile::words).toList(), most);
    List<LatentSpace> spaces = files.stream().map(file -> file.read(words)).toList();
    spaces.forEach(s -> lab.uses("vectors " + s.provenance().encoder(), digest(s)));
    return spaces;
  }

  private static List<LatentSpace> trained(Lab lab, int most) {
    WordCorpus corpus = WordCorpus.of(WordNetEntries.read(), LEAST_OCCURRENCES);
    lab.note(
        String.format(
            Locale.ROOT,
            "no FastText and Word2Vec files were given (--vectors A,B), so this ran on two small"
                + " models trained here on %.1f million words of WordNet's entries; the paper's read"
                + " far more, so that rare words have much better vectors there",
            corpus.total() / 1e6));
    WordVectorModels models = Trainings.words(lab);
    List<LatentSpace> all =
        List.of(models.skipGram(corpus, lab.firstSeed()), models.pmiSvd(corpus, lab.firstSeed()));
    return used(lab, "word vectors ", all, most);
  }

  private static List<LatentSpace> tokens(Lab lab, int most) {
    lab.note(
        "token embeddings of encoders are not word embeddings trained on running text: encoders"
            + " that started from the same weights have similar absolute spaces already. Their"
            + " vocabulary is in an order of its own, which is that of frequency only roughly");
    List<LatentSpace> all = lab.severalEncoders().stream().map(lab.zoo()::wordVectors).toList();
    return used(lab, "token embeddings ", all, most);
  }

  private static List<LatentSpace> used(Lab lab, String kind, List<LatentSpace> all, int most) {
    all.forEach(s -> lab.uses(kind + s.provenance().encoder(), digest(s)));
    List<String> words = vocabulary(all.stream().map(LatentSpace::ids).toList(), most);
    return all.stream().map(space -> ordered(space, words)).toList();
  }

  private static String digest(LatentSpace space) {
    return space.provenance().encoderSha256();
  }

  private static LatentSpace ordered(LatentSpace space, List<String> words) {
    var rows = new HashMap<String, Integer>();
    space.ids().forEach(word -> rows.put(word, rows.size()));
    return space.select(words.stream().mapToInt(rows::get).toArray());
  }

  /**
   * The vocabulary of the paper's notebook: shared words in the order of the first list, without
   * the first 400, of at least 4 letters and nothing else, so many of them at most.
   */
  static List<String> vocabulary(List<List<String>> lists, int most) {
    Set<String> shared = new HashSet<>(lists.get(0));
    lists.forEach(words -> shared.retainAll(new HashSet<>(words)));
    List<String> words =
        lists.get(0).stream()
            .filter(shared::contains)
            .skip(MOST_FREQUENT)
            .filter(WordSpaces::isWord)
            .limit(most)
            .toList();
    if (words.size() < MOST_FREQUENT / 10) {
      throw StitchException.badInput(
          "the word vectors share %d words, of which %d of 4 letters or more are left without the"
              + " first %d; expected at least %d",
          shared.size(), words.size(), MOST_FREQUENT, MOST_FREQUENT / 10);
    }
    return words;
  }

  private static boolean isWord(String word) {
    return word.codePointCount(0, word.length()) >= LEAST_LETTERS
        && word.codePoints().allMatch(Character::isLetter);
  }
}
