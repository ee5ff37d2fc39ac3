// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.align.Asif;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.space.LatentSpace;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Coupled images and texts, then test images and captions of classes. */
record AsifPairs(
    LatentSpace images, FloatMatrix texts, LatentSpace test, FloatMatrix captions, int templates) {

  // Seeded samples come in no order of classes, so the first ones are a fair choice.
  AsifPairs first(int pairs) {
    int[] rows = IntStream.range(0, pairs).toArray();
    return new AsifPairs(images.select(rows), texts.select(rows), test, captions, templates);
  }

  // Only pairs and test images whose class passes.
  AsifPairs only(IntPredicate known, IntPredicate asked) {
    int[] labels = images.labels();
    int[] pairs = IntStream.range(0, labels.length).filter(i -> known.test(labels[i])).toArray();
    int[] wanted = test.labels();
    int[] rows = IntStream.range(0, wanted.length).filter(i -> asked.test(wanted[i])).toArray();
    return new AsifPairs(
        images.select(pairs), texts.select(pairs), test.select(rows), captions, templates);
  }

  Asif asif(int most, double power) {
    int kept = Math.min(most, images.ids().size());
    return Asif.of(images.vectors(), texts, new Asif.Options(kept, power));
  }

  double accuracy(int most, double power) {
    int[] found = asif(most, power).classify(test.vectors(), captions, templates);
    return Metric.ACCURACY.of(test.labels(), found, test.classes().size());
  }
}
