// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.random.RandomOrder;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.RelativeProjection;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.relative.Standardization;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.decoders.HeadTrainer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * A frozen teacher's data set of which few samples have labels: a seed decides which are labeled,
 * which are for validation, and which are anchors.
 */
final class FewLabels {
  private static final int VALIDATION = 500;

  private final EncodedDataset teacher;
  private final long seed;
  private final int[] validation;
  private final int[] pool;

  FewLabels(EncodedDataset teacher, long seed) {
    this.teacher = teacher;
    this.seed = seed;
    int[] labels = teacher.train().labels();
    int held = Math.min(VALIDATION, labels.length / 5);
    this.validation = RandomOrder.stratified(labels, held, seed);
    var taken = new BitSet();
    Arrays.stream(validation).forEach(taken::set);
    this.pool = IntStream.range(0, labels.length).filter(i -> !taken.get(i)).toArray();
  }

  int[] validation() {
    return validation.clone();
  }

  /** All samples but those for validation. */
  int[] pool() {
    return pool.clone();
  }

  /** So many of each class, or all of a class that has fewer; more of them begin with the same. */
  int[] labeled(int perClass) {
    int[] counts = new int[teacher.train().classes().size()];
    int[] labels = teacher.train().labels();
    return Arrays.stream(RandomOrder.permutation(pool.length, seed))
        .map(i -> pool[i])
        .filter(row -> counts[labels[row]]++ < perClass)
        .toArray();
  }

  /** Some of these rows, drawn evenly; all of fewer. */
  int[] anchors(int[] rows, int count) {
    return Arrays.stream(RandomOrder.uniform(rows.length, Math.min(count, rows.length), seed + 1))
        .map(i -> rows[i])
        .toArray();
  }

  /** The teacher's centered cosines of all samples with anchors: (N, M). */
  FloatMatrix relative(int[] anchors) {
    FloatMatrix vectors = teacher.train().vectors();
    return RelativeProjection.onto(vectors.select(anchors), Similarity.cosine(), Centering.ANCHORS)
        .apply(vectors);
  }

  /** A linear head on the teacher that has seen these labels; its L2 weight by cross-validation. */
  ClassifierHead head(int[] labeled) {
    LatentSpace seen = teacher.train().select(labeled);
    var spec =
        new DecoderSpec(
            DecoderSpec.Reads.ABSOLUTE,
            seen.provenance(),
            new Anchors(seen.ids(), "labeled", seed),
            Similarity.cosine(),
            Centering.NONE,
            seen.vectors().columns(),
            seen.classes(),
            DecoderSpec.Head.of("linear"),
            seed);
    return HeadTrainer.train(
        spec, units(seen), seen.labels(), HeadOptions.of(HeadOptions.Kind.LINEAR));
  }

  /** The head's scores of all training samples: (N, C). */
  FloatMatrix scores(ClassifierHead head) {
    return head.decode(units(teacher.train()));
  }

  /** The head's accuracy on the test samples. */
  double accuracy(ClassifierHead head) {
    LatentSpace test = teacher.test();
    int[] found = head.decode(units(test)).argMaxRows();
    return Metric.ACCURACY.of(test.labels(), found, test.classes().size());
  }

  private static FloatMatrix units(LatentSpace space) {
    FloatMatrix vectors = space.vectors();
    return Standardization.plain(vectors.columns(), true).apply(vectors);
  }
}
