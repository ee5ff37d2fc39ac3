// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.experiments.LanguageTask.Candidates;
import io.github.djlstitch.experiments.LanguageTask.Language;
import io.github.djlstitch.experiments.LanguageTask.Origin;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Labeled texts in several languages that the user gives, such as the Amazon reviews. Training rows
 * whose ids are in all languages are translations of each other.
 */
final class ReviewLanguages {
  private static final List<String> PAPER = List.of("en", "es", "fr", "ja");
  private static final int MOST_TRANSLATED = 1000; // as many reviews the paper translated

  private final Lab lab;
  private final List<String> specs;
  private final List<Path> outside;

  private ReviewLanguages(Lab lab, List<String> specs, List<Path> outside) {
    this.lab = lab;
    this.specs = specs;
    this.outside = outside;
  }

  /**
   * The languages of {@code --dataset}, else those of the paper under {@code --data}, if they are
   * there.
   *
   * @throws StitchException (usage) if there is a single one, or two of one name
   */
  static Optional<ReviewLanguages> of(Lab lab) {
    List<String> specs = lab.datasets();
    boolean given = !specs.isEmpty();
    if (!given) {
      specs = files(lab, "amazon/%s.csv").stream().map(file -> "csv:" + file).toList();
    }
    if (specs.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = specs.stream().map(ReviewLanguages::name).toList();
    if (names.size() < 2 || Set.copyOf(names).size() < names.size()) {
      throw StitchException.usage(
          "--dataset has %s; give a file for each language, at least 2, each of another name, the"
              + " decoder's first: csv:en.csv,csv:es.csv",
          String.join(" and ", names));
    }
    List<Path> outside = ParallelFiles.of(lab.anchorsFrom(), names);
    return Optional.of(
        new ReviewLanguages(
            lab, specs, outside.isEmpty() && !given ? files(lab, "wikimatrix/%s.txt") : outside));
  }

  // All of them or none.
  private static List<Path> files(Lab lab, String form) {
    List<Path> found = PAPER.stream().flatMap(l -> lab.file(form.formatted(l)).stream()).toList();
    return found.size() == PAPER.size() ? found : List.of();
  }

  // csv:reviews/en.csv.gz is called en.
  private static String name(String spec) {
    String[] parts = spec.split("[:/\\\\]", -1);
    return parts[parts.length - 1].replaceFirst("(?<=.)\\..*", "");
  }

  /**
   * The task.
   *
   * @param labels what is done to the labels
   */
  LanguageTask task(UnaryOperator<LabelledData> labels) {
    List<LabelledData> whole =
        specs.stream().map(s -> labels.apply(lab.given(s, DatasetOptions.defaults()))).toList();
    requireSameClasses(whole);
    List<String> shared = shared(whole);
    DatasetOptions part = lab.part();
    List<LabelledData> some = specs.stream().map(s -> labels.apply(lab.given(s, part))).toList();
    List<Language> languages = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      LabelledData data = keeping(some.get(i), whole.get(i), Set.copyOf(shared));
      languages.add(new Language(name(specs.get(i)), data, candidates(i, data, shared)));
    }
    return new LanguageTask(
        String.join(", ", languages.stream().map(Language::name).toList()), languages);
  }

  private Map<Origin, Candidates> candidates(int language, LabelledData data, List<String> shared) {
    Map<Origin, Candidates> candidates = new EnumMap<>(Origin.class);
    if (!shared.isEmpty()) {
      candidates.put(
          Origin.TRANSLATED,
          (lab, encoder) -> {
            var train = lab.encode(encoder, data).train();
            Map<String, Integer> rows = rows(train.ids());
            return train.select(shared.stream().mapToInt(rows::get).toArray());
          });
    }
    if (!outside.isEmpty()) {
      candidates.put(Origin.OUT_OF_DOMAIN, ParallelFiles.candidates(outside.get(language)));
    }
    if (candidates.isEmpty()) {
      throw StitchException.badInput(
          "no anchors: no training row of '%s' has its id, and the same label, in every language;"
              + " add translated rows under the same ids, or give --anchors-from FILE,FILE",
          specs.get(0));
    }
    return candidates;
  }

  private static Map<String, Integer> rows(List<String> ids) {
    Map<String, Integer> rows = new LinkedHashMap<>();
    ids.forEach(id -> rows.put(id, rows.size()));
    return rows;
  }

  // Rows that only have the same number, as of files without ids, are told by their labels.
  private List<String> shared(List<LabelledData> whole) {
    List<Map<String, Integer>> labels = whole.stream().map(ReviewLanguages::labels).toList();
    List<String> ids =
        labels.get(0).keySet().stream()
            .filter(id -> labels.stream().allMatch(map -> map.containsKey(id)))
            .toList();
    Optional<String> odd =
        ids.stream()
            .filter(id -> labels.stream().map(map -> map.get(id)).distinct().count() > 1)
            .findFirst();
    if (odd.isPresent()) {
      lab.note(
          "no translated anchors: row '%s' has different labels in different languages, so rows of the same id are not translations of each other"
              .formatted(odd.get()));
      return List.of();
    }
    if (ids.isEmpty()) {
      lab.note("no translated anchors: no training row has its id in every language");
    }
    return ids.stream().limit(MOST_TRANSLATED).toList();
  }

  private static Map<String, Integer> labels(LabelledData data) {
    return data.requireTexts().train().stream()
        .collect(Collectors.toMap(Sample::id, Sample::label, (a, b) -> a, LinkedHashMap::new));
  }

  // The part of a language, and its translated rows that the part leaves out.
  private static LabelledData keeping(LabelledData part, LabelledData whole, Set<String> shared) {
    Set<String> ids = new HashSet<>(shared);
    Stream.of(part.dataset().train(), part.dataset().test())
        .forEach(samples -> samples.forEach(s -> ids.add(s.id())));
    return TextSelection.of(
        whole, whole.classes(), s -> ids.contains(s.id()) ? s.label() : TextSelection.NONE);
  }

  private static void requireSameClasses(List<LabelledData> all) {
    List<String> classes = all.get(0).classes();
    for (LabelledData data : all) {
      if (!data.classes().equals(classes)) {
        throw StitchException.badInput(
            "'%s' has the classes %s but '%s' has %s; every language needs the same",
            all.get(0).name(),
            String.join(", ", classes),
            data.name(),
            String.join(", ", data.classes()));
      }
    }
  }
}
