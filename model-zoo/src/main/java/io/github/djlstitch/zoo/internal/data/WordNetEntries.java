// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;

/** WordNet 3.1 as running text: about 118,000 entries, each its words, definition and examples. */
public final class WordNetEntries {
  private static final List<POS> PARTS = List.of(POS.NOUN, POS.VERB, POS.ADJECTIVE, POS.ADVERB);

  private WordNetEntries() {}

  /**
   * All entries, in the order of the dictionary.
   *
   * @throws StitchException (unavailable) if WordNet cannot be read
   */
  public static List<String> read() {
    try {
      Dictionary wordNet = Dictionary.getDefaultResourceInstance();
      try {
        List<String> entries = new ArrayList<>();
        for (POS part : PARTS) {
          Iterator<Synset> synsets = wordNet.getSynsetIterator(part);
          synsets.forEachRemaining(synset -> entries.add(entry(synset)));
        }
        return entries;
      } finally {
        wordNet.close();
      }
    } catch (JWNLException e) {
      throw StitchException.unavailable(
              "WordNet 3.1 cannot be read from the class path (%s)", e.getMessage())
          .because(e);
    }
  }

  private static String entry(Synset synset) {
    String words = synset.getWords().stream().map(Word::getLemma).collect(Collectors.joining(", "));
    return words + ": " + synset.getGloss();
  }
}
