// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.experiments.LanguageTask.Candidates;
import io.github.djlstitch.experiments.LanguageTask.Language;
import io.github.djlstitch.experiments.LanguageTask.Origin;
import io.github.djlstitch.zoo.data.LabelledData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The same sentences in five languages in place of Amazon reviews. Four topics are the task, and
 * the sentences on the other three, which are in neither split, are the out-of-domain anchors.
 */
final class Sib200Languages {
  private static final List<String> LANGUAGES =
      List.of("eng_Latn", "spa_Latn", "fra_Latn", "jpn_Jpan", "zho_Hans");
  // The three smallest topics: 200 of 701 training sentences.
  private static final List<String> OUTSIDE = List.of("entertainment", "geography", "health");
  private static final List<String> FIFTHS = List.of("1", "2", "3", "4", "5");

  private Sib200Languages() {}

  /** The topics of sentences. */
  static LanguageTask topics(Lab lab) {
    List<LabelledData> all = read(lab);
    List<LabelledData> tasks = all.stream().map(data -> split(data, false)).toList();
    lab.note(
        "the paper's Amazon reviews are withdrawn and not at hand (--dataset csv:en.csv,csv:es.csv"
            + " reads them): this ran on SIB-200's topics "
            + String.join(", ", tasks.get(0).classes()));
    return task(lab, "SIB-200, topics", all, tasks);
  }

  /**
   * Fifths of the sentences by the length of the English one: five classes that have an order, as
   * stars have.
   */
  static LanguageTask lengths(Lab lab) {
    List<LabelledData> all = read(lab);
    List<LabelledData> topics = all.stream().map(data -> split(data, false)).toList();
    Map<String, Integer> fifths = fifths(topics.get(0).requireTexts());
    lab.note(
        "the paper's Amazon reviews are withdrawn and not at hand (--dataset csv:en.csv,csv:es.csv"
            + " reads them), and nothing at hand has stars: this guessed, from SIB-200's sentences"
            + " in any language, the fifth that the English one is in by its length, a task with"
            + " five ordered classes");
    return task(
        lab,
        "SIB-200, fifths by length",
        all,
        topics.stream().map(data -> TextSelection.relabeled(data, FIFTHS, fifths)).toList());
  }

  private static List<LabelledData> read(Lab lab) {
    List<LabelledData> all = LANGUAGES.stream().map(code -> lab.data("sib200:" + code)).toList();
    for (int i = 1; i < all.size(); i++) {
      if (!ids(all.get(i)).equals(ids(all.get(0)))) {
        throw StitchException.badInput(
            "SIB-200's sentences in %s are not those of %s; get both from the same release",
            LANGUAGES.get(i), LANGUAGES.get(0));
      }
    }
    return all;
  }

  private static List<String> ids(LabelledData data) {
    Dataset<?> set = data.dataset();
    return Stream.concat(set.train().stream(), set.test().stream()).map(Sample::id).toList();
  }

  private static LabelledData split(LabelledData data, boolean outside) {
    return TextSelection.ofClasses(
        data, data.classes().stream().filter(c -> OUTSIDE.contains(c) == outside).toList());
  }

  private static LanguageTask task(
      Lab lab, String what, List<LabelledData> all, List<LabelledData> tasks) {
    List<Path> files = ParallelFiles.of(lab.anchorsFrom(), LANGUAGES);
    lab.note(
        files.isEmpty()
            ? "out-of-domain anchors: SIB-200's sentences on other topics (%s), which neither train nor test; --anchors-from FILE,FILE draws them from your parallel files"
                .formatted(String.join(", ", OUTSIDE))
            : "out-of-domain anchors: lines of the parallel files given");
    List<Language> languages = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Map<Origin, Candidates> candidates = new EnumMap<>(Origin.class);
      candidates.put(Origin.TRANSLATED, Candidates.of(tasks.get(i)));
      candidates.put(
          Origin.OUT_OF_DOMAIN,
          files.isEmpty()
              ? Candidates.of(split(all.get(i), true))
              : ParallelFiles.candidates(files.get(i)));
      languages.add(new Language(LANGUAGES.get(i).substring(0, 3), tasks.get(i), candidates));
    }
    return new LanguageTask(what, languages);
  }

  // Equally many training sentences are in each fifth, as far as lengths tell them apart.
  private static Map<String, Integer> fifths(Dataset<String> english) {
    int[] lengths = english.train().stream().mapToInt(Sib200Languages::length).sorted().toArray();
    Map<String, Integer> fifths = new HashMap<>();
    Stream.concat(english.train().stream(), english.test().stream())
        .forEach(s -> fifths.put(s.id(), fifth(lengths, length(s))));
    return fifths;
  }

  private static int length(Sample<String> sample) {
    return sample.input().codePointCount(0, sample.input().length());
  }

  private static int fifth(int[] sorted, int length) {
    int fifth = 0;
    for (int k = 1; k < FIFTHS.size(); k++) {
      fifth += length >= sorted[k * sorted.length / FIFTHS.size()] ? 1 : 0;
    }
    return fifth;
  }
}
