// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;
import org.jspecify.annotations.Nullable;

/** Looks up nouns in WordNet 3.1, for captions of classes. */
public final class NounGlosses {
  private NounGlosses() {}

  /**
   * A noun in its first sense.
   *
   * @param words that mean it, the most usual first
   * @param gloss its definition, up to the first semicolon
   */
  public record Sense(List<String> words, String gloss) {
    /** Takes a copy. */
    public Sense {
      words = List.copyOf(words);
    }
  }

  /**
   * The first senses of nouns, each a word or several with blanks between them; empty for one that
   * WordNet does not have.
   *
   * @throws StitchException (unavailable) if WordNet cannot be read
   */
  public static List<Optional<Sense>> firstSenses(List<String> nouns) {
    try {
      Dictionary wordNet = Dictionary.getDefaultResourceInstance();
      try {
        List<Optional<Sense>> senses = new ArrayList<>();
        for (String noun : nouns) {
          // Exactly this noun: the library's lookup would also try words that are part of it.
          senses.add(first(wordNet.getIndexWord(POS.NOUN, noun)));
        }
        return senses;
      } finally {
        wordNet.close();
      }
    } catch (JWNLException e) {
      throw StitchException.unavailable(
              "WordNet 3.1 cannot be read from the class path (%s)", e.getMessage())
          .because(e);
    }
  }

  private static Optional<Sense> first(@Nullable IndexWord found) throws JWNLException {
    if (found == null || found.getSenses().isEmpty()) {
      return Optional.empty();
    }
    Synset synset = found.getSenses().get(0);
    List<String> words =
        synset.getWords().stream().map(Word::getLemma).map(w -> w.replace('_', ' ')).toList();
    return Optional.of(new Sense(words, WordNetGlosses.firstPart(synset.getGloss())));
  }
}
