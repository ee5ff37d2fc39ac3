// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.RowStep;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.script.ScriptPart;

/**
 * A space's own data as a memory that takes noise off vectors: what a space's data never look like
 * is an error of whatever made the vector. Vectors are drawn towards the data near them by one step
 * of attention, the update of a modern Hopfield network (Ramsauer et al. 2021, arXiv:2008.02217,
 * eq. 3): {@code unit(y + 0.3 unit(softmax(b y Kᵀ) K))} for unit vectors y and data K. A zero
 * vector becomes the direction of the data's mean, or stays zero if that is zero.
 *
 * <p>The sharpness b is chosen so that a datum attends to about {@link #NEIGHBORS} others: over
 * {@link #SAMPLES} data, {@code exp} of the mean entropy of the attention to all data but
 * themselves is {@code min(20, N/4)}. Where no b from 1 to 1,000 gives that, as for copies of few
 * vectors, it is the end of that range.
 *
 * <p>Immutable and thread-safe.
 *
 * @param data standardized vectors, shape (N, D), 1 to {@link #MOST} of them
 * @param sharpness b, from 1 to 1,000
 */
public record SpaceMemory(FloatMatrix data, double sharpness) {
  /** More data change little and cost time at every vector. */
  public static final int MOST = 8192;

  public static final int NEIGHBORS = 20;
  private static final double TOWARDS_DATA = 0.3;
  private static final double TOWARDS_NEIGHBORS = 0.5;
  private static final int SAMPLES = 300;
  private static final double BLUNTEST = 1;
  private static final double SHARPEST = 1000;

  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "space-memory",
          """
          def mixed(self: __torch__.M, y: Tensor, z: Tensor, w: Tensor) -> Tensor:
            return (self).unit(torch.add((self).unit(y), torch.mul((self).unit(z), float(w))))
          def recall(self: __torch__.M, y: Tensor, k: Tensor, b: Tensor, w: Tensor) -> Tensor:
            return (self).mixed(y, (self).attended(y, k, b), w)
          def attended(self: __torch__.M, y: Tensor, k: Tensor, b: Tensor) -> Tensor:
            scores = torch.mul((self).linear((self).unit(y), k, None), float(b))
            return torch.matmul(torch.softmax(scores, 1), k)
          def smooth(self: __torch__.M, a: Tensor, k: Tensor, n: Tensor, w: Tensor) -> Tensor:
            near, rows = torch.topk((self).linear(a, k, None), int(n), 1)
            picked = torch.index_select(k, 0, torch.flatten(rows))
            shape = [torch.size(a, 0), int(n), torch.size(k, 1)]
            return (self).mixed(a, torch.mean(torch.view(picked, shape), [1]), w)
          def spread(self: __torch__.M, z: Tensor, b: Tensor) -> Tensor:
            p = torch.log_softmax(torch.mul(torch.to(z, 7), float(b)), 1)
            entropy = torch.neg(torch.sum(torch.mul(torch.exp(p), p), [1]))
            return torch.exp(torch.mean(entropy))
          def others(self: __torch__.M, q: Tensor, k: Tensor, own: Tensor) -> Tensor:
            z = (self).linear(q, k, None)
            return torch.scatter(z, 1, torch.to(own, 4), -1000000.0)
          """);

  /** Checks the ranges. */
  public SpaceMemory {
    if (data.rows() < 1
        || data.rows() > MOST
        || !(sharpness >= BLUNTEST && sharpness <= SHARPEST)) {
      throw StitchException.badInput(
          "a memory of %d vectors with sharpness %s; expected 1 to %d vectors and a sharpness from"
              + " 1 to 1000",
          data.rows(), sharpness, MOST);
    }
  }

  /** The memory of a space with these standardized data (N, D); of more, evenly spread ones. */
  public static SpaceMemory of(FloatMatrix data) {
    FloatMatrix kept = EvenRows.of(data, MOST);
    return new SpaceMemory(kept, sharpness(kept));
  }

  /** Vectors (N, D) drawn towards the data, of unit length. */
  public FloatMatrix recall(FloatMatrix vectors) {
    return recalling().over(vectors, data.columns());
  }

  /** {@link #recall} on blocks of rows. */
  public RowStep recalling() {
    return manager -> {
      NDArray k = TensorBridge.toTensor(manager, data); // (K, D)
      NDArray b = manager.create(sharpness); // ()
      NDArray w = manager.create(TOWARDS_DATA); // ()
      return y -> PROGRAM.call("recall", y, k, b, w);
    };
  }

  /** The data that vectors (N, D) attend to: {@code softmax(b y Kᵀ) K}, means of unit vectors. */
  public FloatMatrix attended(FloatMatrix vectors) {
    RowStep step =
        manager -> {
          NDArray k = TensorBridge.toTensor(manager, data); // (K, D)
          NDArray b = manager.create(sharpness); // ()
          return y -> PROGRAM.call("attended", y, k, b);
        };
    return step.over(vectors, data.columns());
  }

  /** {@link #recall} as a part of a TorchScript file. */
  public ScriptPart script() {
    return PROGRAM.part(
        "Memory",
        "(self).recall(x, w[0], w[1], w[2])",
        data,
        FloatMatrix.of(1, 1, (float) sharpness),
        FloatMatrix.of(1, 1, (float) TOWARDS_DATA)); // (B, D)
  }

  /** Anchors (M, D) drawn towards their nearest data, of unit length: less of one sample's own. */
  public FloatMatrix smooth(FloatMatrix anchors) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray k = TensorBridge.toTensor(manager, data); // (K, D)
      NDArray n = manager.create((long) Math.min(NEIGHBORS, data.rows())); // ()
      NDArray w = manager.create(TOWARDS_NEIGHBORS); // ()
      return RowBlocks.map(anchors, data.columns(), a -> PROGRAM.call("smooth", a, k, n, w));
    }
  }

  // Bisection: the sharper, the fewer data are attended to.
  private static double sharpness(FloatMatrix data) {
    double wanted = Math.min(NEIGHBORS, data.rows() / 4.0);
    double low = BLUNTEST;
    double high = SHARPEST;
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray z = similarities(manager, data); // (S, N)
      while (high / low > 1.001) {
        double middle = Math.sqrt(low * high);
        double spread = PROGRAM.call("spread", z, manager.create(middle)).getDouble();
        low = spread > wanted ? middle : low;
        high = spread > wanted ? high : middle;
      }
    }
    return Math.sqrt(low * high);
  }

  // Of some data with all data but themselves.
  private static NDArray similarities(NDManager manager, FloatMatrix data) {
    int[] rows = EvenRows.of(data.rows(), SAMPLES);
    float[] own = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      own[i] = rows[i];
    }
    return PROGRAM.call(
        "others",
        TensorBridge.toTensor(manager, data.select(rows)),
        TensorBridge.toTensor(manager, data),
        TensorBridge.toTensor(manager, FloatMatrix.wrap(own.length, 1, own)));
  }
}
