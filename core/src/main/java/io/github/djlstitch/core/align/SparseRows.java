// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.align.Asif.Contribution;
import io.github.djlstitch.core.align.Asif.Options;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sparse rows over the anchors: unit length, the same number of values in each. */
final class SparseRows {
  /** Queries of one block: with a block of anchors 32 MB of similarities. */
  static final int QUERIES = 1024;

  private static final int ANCHORS = 8192;

  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "asif",
          """
          def largest(self: __torch__.M, s: Tensor, k: Tensor) -> List[Tensor]:
            n = torch.size(s, 1)
            if torch.gt(n, int(k)):
              n = int(k)
            v, i = torch.topk(s, n, 1, True, True)
            return [v, i]
          def first(self: __torch__.M, x: Tensor, a: Tensor, k: Tensor) -> List[Tensor]:
            return (self).largest((self).linear(x, a, None), k)
          def merge(self: __torch__.M, x: Tensor, a: Tensor, k: Tensor, start: Tensor, v: Tensor, i: Tensor) -> List[Tensor]:
            block = (self).first(x, a, k)
            v2 = torch.cat([v, block[0]], 1)
            i2 = torch.cat([i, torch.add(block[1], int(start))], 1)
            best = (self).largest(v2, k)
            return [best[0], torch.gather(i2, 1, best[1])]
          """);

  private final int kept;
  private final int[] anchors; // row by row
  private final double[] values; // likewise

  private SparseRows(int kept, int[] anchors, double[] values) {
    this.kept = kept;
    this.anchors = anchors;
    this.values = values;
  }

  /** The sparse rows of vectors (N, D) over anchors (M, D), which are read block by block. */
  static SparseRows of(FloatMatrix vectors, FloatMatrix anchors, Options options) {
    requireComparable(vectors, anchors);
    int kept = Math.min(options.nonZeros(), anchors.rows());
    int[] indices = new int[Math.multiplyExact(vectors.rows(), kept)];
    double[] values = new double[indices.length];
    for (int from = 0; from < vectors.rows(); from += QUERIES) {
      int to = Math.min(from + QUERIES, vectors.rows());
      try (NDManager manager = TensorBridge.newManager()) {
        NDList found =
            search(manager, vectors.rowRange(from, to), anchors, kept); // (B, k) cosines and rows
        float[] cosines = found.get(0).toFloatArray();
        long[] rows = found.get(1).toLongArray();
        for (int i = 0; i < rows.length; i++) {
          values[from * kept + i] = cosines[i];
          indices[from * kept + i] = (int) rows[i];
        }
      }
    }
    var rows = new SparseRows(kept, indices, values);
    rows.raise(options.power());
    return rows;
  }

  private static NDList search(
      NDManager manager, FloatMatrix vectors, FloatMatrix anchors, int kept) {
    NDArray x = Preparation.unit(TensorBridge.toTensor(manager, vectors)); // (B, D)
    NDArray k = manager.create((double) kept); // ()
    NDList best = new NDList(); // (B, k) cosines and rows
    for (int from = 0; from < anchors.rows(); from += ANCHORS) {
      int to = Math.min(from + ANCHORS, anchors.rows());
      try (NDManager scope = manager.newSubManager()) {
        NDArray block = Preparation.unit(TensorBridge.toTensor(scope, anchors, from, to)); // (A, D)
        NDList input = new NDList(x, block, k); // (B, D), (A, D), ()
        if (from > 0) {
          input.add(scope.create((double) from));
          input.addAll(best);
        }
        NDList next =
            PROGRAM.run(from == 0 ? "first" : "merge", false, input, new NDList()); // (B, k) twice
        best.close();
        best = next;
      }
    }
    return best;
  }

  // Relative to the largest one, so that high powers of small cosines do not underflow.
  private void raise(double power) {
    for (int from = 0; from < values.length; from += kept) {
      double most = 0;
      for (int i = from; i < from + kept; i++) {
        most = Math.max(most, Math.abs(values[i]));
      }
      double squares = 0;
      for (int i = from; i < from + kept && most > 0; i++) {
        values[i] = Math.signum(values[i]) * Math.pow(Math.abs(values[i]) / most, power);
        squares += values[i] * values[i];
      }
      for (int i = from; i < from + kept && most > 0; i++) {
        values[i] /= Math.sqrt(squares);
      }
    }
  }

  /** The same values by anchor: anchor a's are at {@code starts[a]} to {@code starts[a + 1]}. */
  static final class Inverted {
    private final int[] starts;
    private final int[] rows;
    private final double[] values;

    private Inverted(int[] starts, int[] rows, double[] values) {
      this.starts = starts;
      this.rows = rows;
      this.values = values;
    }
  }

  /** These rows by anchor, of {@code count} anchors. */
  Inverted inverted(int count) {
    int[] starts = new int[count + 1];
    for (int anchor : anchors) {
      starts[anchor + 1]++;
    }
    for (int a = 0; a < count; a++) {
      starts[a + 1] += starts[a];
    }
    int[] next = starts.clone();
    int[] rows = new int[anchors.length];
    double[] sorted = new double[anchors.length];
    for (int i = 0; i < anchors.length; i++) {
      int place = next[anchors[i]]++;
      rows[place] = i / kept;
      sorted[place] = values[i];
    }
    return new Inverted(starts, rows, sorted);
  }

  /** Writes the inner products with each of {@code count} other rows, from row {@code first} on. */
  void scores(Inverted other, int count, float[] out, int first) {
    double[] sums = new double[count];
    for (int from = 0; from < values.length; from += kept) {
      Arrays.fill(sums, 0);
      for (int i = from; i < from + kept; i++) {
        for (int p = other.starts[anchors[i]]; p < other.starts[anchors[i] + 1]; p++) {
          sums[other.rows[p]] += values[i] * other.values[p];
        }
      }
      int row = first + from / kept;
      for (int j = 0; j < count; j++) {
        out[row * count + j] = (float) sums[j];
      }
    }
  }

  /** The rows' weighted sums of vectors (M, E), one for each anchor: (N, E). */
  FloatMatrix weighted(FloatMatrix vectors) {
    int width = vectors.columns();
    float[] out = new float[Math.multiplyExact(values.length / kept, width)];
    double[] sum = new double[width];
    float[] row = new float[width];
    for (int from = 0; from < values.length; from += kept) {
      Arrays.fill(sum, 0);
      for (int i = from; i < from + kept; i++) {
        vectors.copyRow(anchors[i], row, 0);
        for (int j = 0; j < width; j++) {
          sum[j] += values[i] * row[j];
        }
      }
      for (int j = 0; j < width; j++) {
        out[from / kept * width + j] = (float) sum[j];
      }
    }
    return FloatMatrix.wrap(values.length / kept, width, out);
  }

  /** The contribution of each anchor that both first rows keep to their inner product. */
  List<Contribution> shared(SparseRows other) {
    Map<Integer, Double> theirs = new HashMap<>();
    for (int i = 0; i < other.kept; i++) {
      theirs.put(other.anchors[i], other.values[i]);
    }
    List<Contribution> found = new ArrayList<>();
    for (int i = 0; i < kept; i++) {
      Double value = theirs.get(anchors[i]);
      if (value != null) {
        found.add(new Contribution(anchors[i], values[i] * value));
      }
    }
    return found;
  }

  private static void requireComparable(FloatMatrix vectors, FloatMatrix anchors) {
    if (vectors.columns() != anchors.columns()) {
      throw StitchException.badInput(
          "vectors are %d wide but the anchors of their space are %d wide;"
              + " take both from the same encoder",
          vectors.columns(), anchors.columns());
    }
    Pairs.requireRows(vectors, "query or candidate", 0);
  }
}
