// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.file.Sha256;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.zoo.data.WordVectorFile;
import io.github.djlstitch.zoo.data.WordVectors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The same words as several embeddings see them, chosen as in the official code of Moschella et al.
 * 2023: of the words that all have, in the order of the first, the 400 most frequent are left out,
 * and of the rest the first 20,000 that are alphabetic with at least 4 letters are kept.
 */
final class SharedVocabulary {
  private static final int FREQUENT = 400;
  private static final int LETTERS = 4;
  private static final int MOST = 20_000;

  private SharedVocabulary() {}

  /**
   * Their spaces: of the user's files, else of the whole words of the user's encoders or those of
   * the build, before any context.
   *
   * @throws StitchException (usage) if there is one only; (bad input) if they share too few words
   */
  static List<LatentSpace> spaces(Lab lab) {
    List<WordVectors> sources = sources(lab);
    if (sources.size() < 2) {
      throw StitchException.usage(
          "%d word embedding cannot be compared; give two, as --vectors A.vec,B.vec or --encoder"
              + " minilm,bge-small",
          sources.size());
    }
    for (WordVectors source : sources) {
      lab.uses("word vectors " + source.name(), source.sha256());
      source.notes().forEach(lab::note);
    }
    List<String> words = words(sources);
    lab.say("%d shared words".formatted(words.size()));
    return sources.stream().map(source -> space(source, words)).toList();
  }

  private static List<WordVectors> sources(Lab lab) {
    if (!lab.settings().vectors().isEmpty()) {
      return lab.settings().vectors().stream().<WordVectors>map(WordVectorFile::open).toList();
    }
    List<String> encoders = lab.encoders("bge-small", "minilm", "e5-small");
    lab.note(
        "the paper's FastText and Word2Vec vectors do not come with the build; this ran on the token"
            + " embeddings of %s (--vectors A.vec,B.vec takes any two files)"
                .formatted(String.join(", ", encoders)));
    return encoders.stream().map(lab.zoo()::wordVectors).toList();
  }

  /** The words by the rule above. */
  static List<String> words(List<WordVectors> sources) {
    Set<String> shared = new HashSet<>(sources.get(0).words());
    sources.forEach(source -> shared.retainAll(new HashSet<>(source.words())));
    List<String> words =
        sources.get(0).words().stream()
            .filter(shared::contains)
            .skip(FREQUENT)
            .filter(SharedVocabulary::isLong)
            .limit(MOST)
            .toList();
    if (words.isEmpty()) {
      throw StitchException.badInput(
          "%s share %d words, and none behind the first %d is alphabetic with at least %d letters;"
              + " give embeddings of the same language",
          sources.stream().map(WordVectors::name).collect(Collectors.joining(", ")),
          shared.size(),
          FREQUENT,
          LETTERS);
    }
    return words;
  }

  private static boolean isLong(String word) {
    return word.codePoints().allMatch(Character::isLetter)
        && word.codePointCount(0, word.length()) >= LETTERS;
  }

  private static LatentSpace space(WordVectors source, List<String> words) {
    var digest = Sha256.builder();
    words.forEach(digest::add);
    var provenance =
        new Provenance(
            source.name(), source.sha256(), "shared words", digest.hex(), "all", "djl-stitch");
    return LatentSpace.of(words, new int[0], List.of(), source.vectors(words), provenance);
  }
}
