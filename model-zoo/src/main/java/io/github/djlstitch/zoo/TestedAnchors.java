// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.Anchors.Prototype;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.StitchRunner;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Keeps anchors of another origin and test samples apart: what both encoders are told to be the
 * same is no test of them. From other data sets and from lists the anchors are left out; a saved
 * head cannot spare its own, so that test samples are.
 *
 * @param tested the data sets whose test samples are measured
 * @param source the data set that anchors are samples of
 * @param warnings told how many are left out
 */
record TestedAnchors(List<LabelledData> tested, LabelledData source, Consumer<String> warnings) {

  /** The data without the candidates that are tested, for anchors of another data set. */
  List<EncodedDataset> apart(List<EncodedDataset> encoded, Set<String> leaked) {
    return leaked.isEmpty() ? encoded : encoded.stream().map(e -> apart(e, leaked)).toList();
  }

  private static EncodedDataset apart(EncodedDataset data, Set<String> leaked) {
    LatentSpace candidates = data.train().anchorCandidates();
    LatentSpace kept = candidates.select(others(candidates, leaked));
    return new EncodedDataset(data.train().withAnchorsFrom(kept), data.test());
  }

  /** The ids of candidates that are tested; tells their number. */
  Set<String> candidates() {
    Set<String> leaked = SharedSamples.of(tests()).among(source.dataset().train());
    if (!leaked.isEmpty()) {
      warnings.accept(
          "'%s': %d of %d samples are left out as anchors, because they are test samples too"
              .formatted(source.name(), leaked.size(), source.dataset().train().size()));
    }
    return leaked;
  }

  /**
   * The options with a list of anchors that are not tested; the same for anchors that are chosen.
   *
   * @throws StitchException (bad input) if all are
   */
  StitchRunner.Options apart(StitchRunner.Options options) {
    Optional<Anchors> listed = options.anchors().listed();
    return listed.map(a -> options.withAnchors(AnchorChoice.fixed(apart(a)))).orElse(options);
  }

  private Anchors apart(Anchors listed) {
    Set<String> leaked = new HashSet<>(SharedSamples.of(tests()).among(samples(listed)));
    if (listed.source().isEmpty()) { // ids of another data set may be the same by chance
      tests().forEach(sample -> leaked.add(sample.id()));
    }
    List<Prototype> kept =
        IntStream.range(0, listed.count())
            .mapToObj(listed::get)
            .filter(anchor -> anchor.ids().stream().noneMatch(leaked::contains))
            .toList();
    if (kept.size() == listed.count()) {
      return listed;
    }
    if (kept.isEmpty()) {
      throw StitchException.badInput(
          "all %d anchors of the list are test samples too; list others", listed.count());
    }
    warnings.accept(
        "%d of %d listed anchors are left out, because they are test samples too"
            .formatted(listed.count() - kept.size(), listed.count()));
    List<String> ids = kept.stream().map(anchor -> anchor.ids().get(0)).toList();
    List<Prototype> prototypes = listed.prototypes().isEmpty() ? List.of() : kept;
    return new Anchors(ids, prototypes, listed.source(), listed.strategy(), listed.seed());
  }

  /**
   * The ids of test samples that are anchors of a saved head; tells their number.
   *
   * @param saved what the head's anchors are made of
   * @throws StitchException (bad input) if all are
   */
  Set<String> tests(List<Sample<?>> saved) {
    Set<String> leaked = SharedSamples.of(saved).among(tests());
    long all = tests().stream().map(Sample::id).distinct().count();
    if (leaked.size() == all) {
      throw StitchException.badInput(
          "all %d test samples are anchors of the saved head; test it on other data", all);
    }
    if (!leaked.isEmpty()) {
      warnings.accept(
          "%d of %d test samples are left out, because they are anchors of the saved head"
              .formatted(leaked.size(), all));
    }
    return leaked;
  }

  /** The data without some of their test samples. */
  static List<EncodedDataset> without(Set<String> leaked, List<EncodedDataset> encoded) {
    return leaked.isEmpty()
        ? encoded
        : encoded.stream()
            .map(e -> new EncodedDataset(e.train(), e.test().select(others(e.test(), leaked))))
            .toList();
  }

  private static int[] others(LatentSpace space, Set<String> leaked) {
    return IntStream.range(0, space.ids().size())
        .filter(i -> !leaked.contains(space.ids().get(i)))
        .toArray();
  }

  private List<Sample<?>> samples(Anchors anchors) {
    Set<String> ids = new HashSet<>();
    IntStream.range(0, anchors.count()).forEach(i -> ids.addAll(anchors.get(i).ids()));
    List<Sample<?>> samples = new ArrayList<>(source.dataset().train());
    samples.removeIf(sample -> !ids.contains(sample.id()));
    return samples;
  }

  private List<Sample<?>> tests() {
    List<Sample<?>> tests = new ArrayList<>();
    tested.stream().map(LabelledData::dataset).distinct().forEach(d -> tests.addAll(d.test()));
    return tests;
  }
}
