// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.measure.MeasureKind;
import io.github.djlstitch.core.measure.Retrieval;
import io.github.djlstitch.core.measure.SpaceMeasure;
import java.util.ArrayList;
import java.util.List;

/**
 * How well one space serves in place of another (Moschella et al. 2023, section 4.1).
 *
 * @param retrieval Jaccard and MRR for each number of neighbours
 * @param cosine mean cosine of a sample's two vectors
 * @param cka linear centred kernel alignment, the mean over parts of about 5,000 samples
 */
record SpaceScores(List<Retrieval> retrieval, double cosine, double cka) {
  private static final int CKA_PART = 5000; // as in the official notebook
  private static final SpaceMeasure COSINE = SpaceMeasure.of(MeasureKind.COSINE);
  private static final SpaceMeasure CKA = SpaceMeasure.of(MeasureKind.CKA);

  /** Takes a copy. */
  SpaceScores {
    retrieval = List.copyOf(retrieval);
  }

  /** Of two spaces of the same samples and width, shape (N, D). */
  static SpaceScores of(FloatMatrix x, FloatMatrix y, List<Integer> neighbours) {
    return new SpaceScores(Retrieval.of(x, y, neighbours), COSINE.of(x, y), cka(x, y));
  }

  /** The CKA alone, which does not need equal widths. */
  static double cka(FloatMatrix x, FloatMatrix y) {
    int parts = (x.rows() + CKA_PART - 1) / CKA_PART;
    double sum = 0;
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) x.rows() * i / parts);
      int to = (int) ((long) x.rows() * (i + 1) / parts);
      sum += CKA.of(x.rowRange(from, to), y.rowRange(from, to));
    }
    return sum / parts;
  }

  Retrieval at(int neighbours) {
    return retrieval.stream().filter(r -> r.neighbours() == neighbours).findFirst().orElseThrow();
  }

  /** As numbers to keep. */
  List<Double> values() {
    List<Double> values = new ArrayList<>(List.of(cosine, cka));
    for (Retrieval found : retrieval) {
      values.add(found.jaccard());
      values.add(found.mrr());
    }
    return values;
  }

  /** From the numbers that were kept. */
  static SpaceScores of(List<Double> values, List<Integer> neighbours) {
    List<Retrieval> retrieval = new ArrayList<>();
    for (int i = 0; i < neighbours.size(); i++) {
      retrieval.add(new Retrieval(neighbours.get(i), values.get(2 + 2 * i), values.get(3 + 2 * i)));
    }
    return new SpaceScores(retrieval, values.get(0), values.get(1));
  }
}
