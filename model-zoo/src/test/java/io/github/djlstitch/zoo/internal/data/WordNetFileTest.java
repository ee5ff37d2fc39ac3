// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.djlstitch.core.StitchException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;
import org.junit.jupiter.api.Test;

final class WordNetFileTest {
  // Adjectives alone have marks of position, which are no part of the word.
  @Test
  void entriesAreWhatTheLibraryReads() throws Exception {
    List<WordNetFile.Entry> entries = new ArrayList<>();
    WordNetFile.read("data.adj", entries::add);
    Dictionary library = Dictionary.getDefaultResourceInstance();
    Iterator<Synset> synsets = library.getSynsetIterator(POS.ADJECTIVE);
    for (WordNetFile.Entry entry : entries) {
      Synset synset = synsets.next();
      assertEquals(synset.getOffset(), entry.offset());
      assertEquals(synset.getLexFileName(), entry.lexicographerFile());
      assertEquals(synset.getWords().stream().map(Word::getLemma).toList(), entry.words());
      assertEquals(synset.getGloss().strip(), entry.gloss());
    }
    assertFalse(synsets.hasNext());
    library.close();
  }

  @Test
  void missingFileIsToldInOneLine() {
    assertEquals(
        StitchException.Kind.UNAVAILABLE,
        assertThrows(StitchException.class, () -> WordNetFile.read("data.none", e -> {})).kind());
  }
}
