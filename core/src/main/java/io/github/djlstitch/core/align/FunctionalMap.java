// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import java.util.Arrays;

/**
 * A latent functional map: functions on the samples of one space to functions on those of another,
 * in the lowest eigenvectors of each space's neighborhood graph (Fumero et al. 2024,
 * arXiv:2406.14183).
 *
 * <p>Each space gets a symmetric graph of its nearest neighbors by cosine (weights the cosines, 0
 * if negative) and the eigenvectors of its normalized Laplacian. The descriptors are the cosine
 * distances to a few anchors known in both spaces, each of unit length. The map minimizes {@code |C
 * F_X - F_Y|² + alpha |Λ_Y C - C Λ_X|²}, the second term as a weight of each entry, scaled so that
 * its largest is 1. Samples need not be paired beyond the anchors, but it takes the same samples in
 * both spaces to do better than the anchors alone: with other samples of the same distribution it
 * does worse (TREC, 100 anchors among 1,000 samples: cosine .57 and .32 on the test set, Procrustes
 * on the anchors .43). Immutable and thread-safe.
 *
 * <p>Library-only: no command fits one. For example, without imports:
 *
 * <pre>{@code
 * var random = new Random(0);
 * float[] one = new float[300 * 8];
 * float[] other = new float[300 * 8];
 * for (int i = 0; i < one.length; i++) {
 *   one[i] = (float) random.nextGaussian();
 *   other[i] = -2 * one[i];
 * }
 * var source = FloatMatrix.wrap(300, 8, one);
 * var target = FloatMatrix.wrap(300, 8, other);
 * int[] known = IntStream.range(0, 20).toArray(); // rows that are paired
 * var options = new FunctionalMap.Options(30, 20, .1);
 * var map = FunctionalMap.fit(source, target, known, known, options);
 * int[] matches = map.matches(); // of each source row a target row
 * var translation = map.refine(source, target, Aligner.affine());
 * FloatMatrix translated = translation.apply(source); // near the target
 * }</pre>
 *
 * @param matrix C, shape (K, K)
 * @param source the source samples carried into the target's spectral space, shape (N, K)
 * @param target the target samples in their spectral space, shape (L, K)
 */
public record FunctionalMap(FloatMatrix matrix, FloatMatrix source, FloatMatrix target) {
  // The dense eigenproblem takes seconds at 3,000 and grows with the cube.
  private static final int MOST_SAMPLES = 6000;

  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "functional-map",
          """
          def laplacian(self: __torch__.M, s: Tensor, neighbors: Tensor) -> Tensor:
            n = torch.size(s, 0)
            eye = torch.eye(n, dtype=7, device=torch.device("cpu"))
            v, i = torch.topk(torch.sub(s, torch.mul(eye, 3.0)), int(neighbors), 1, True, False)
            w = torch.scatter(torch.zeros_like(s), 1, i, torch.clamp_min(v, 0.0))
            w = torch.maximum(w, torch.t(w))
            degree = torch.sum(w, [1], True)
            root = torch.where(torch.gt(degree, 0.0), torch.rsqrt(degree), torch.zeros_like(degree))
            return torch.sub(eye, torch.mul(torch.mul(w, root), torch.t(root)))
          def basis(self: __torch__.M, unit: Tensor, anchors: Tensor, neighbors: Tensor, k: Tensor) -> List[Tensor]:
            s = torch.matmul(unit, torch.t(unit))
            f = torch.rsub(torch.index_select(s, 1, anchors), 1.0)
            values, vectors = torch.linalg_eigh((self).laplacian(s, neighbors), "L")
            phi = torch.slice(vectors, 1, 0, int(k))
            phi = torch.mul(phi, torch.sqrt(float(torch.size(s, 0))))
            f = torch.div(f, torch.clamp_min(torch.norm(f, 2, [0], True), 1e-12))
            f = torch.div(torch.matmul(torch.t(phi), f), torch.sqrt(float(torch.size(s, 0))))
            return [torch.slice(values, 0, 0, int(k)), phi, f]
          def solve(self: __torch__.M, lx: Tensor, fx: Tensor, ly: Tensor, fy: Tensor, alpha: Tensor) -> Tensor:
            gap = torch.sub(torch.unsqueeze(ly, 1), torch.unsqueeze(lx, 0))
            gap = torch.mul(gap, gap)
            gap = torch.div(gap, torch.clamp_min(torch.amax(gap, [0, 1], False), 1e-30))
            gram = torch.matmul(fx, torch.t(fx))
            systems = torch.add(gram, torch.diag_embed(torch.mul(gap, alpha)))
            right = torch.matmul(fy, torch.t(fx))
            rows = torch.matmul(torch.linalg_pinv(systems, 1e-12, True), torch.unsqueeze(right, 2))
            return torch.squeeze(rows, 2)
          def nearest(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
            return torch.argmax(torch.matmul(x, torch.t((self).unit(y))), 1, False)
          """);

  /**
   * Settings of the fit.
   *
   * @param neighbors of each sample in its graph
   * @param components K, the number of eigenvectors; with 10 anchors 20 do better than 50
   * @param alpha weight of commuting with the Laplacians, above 0
   */
  public record Options(int neighbors, int components, double alpha) {
    /** Checks the ranges. */
    public Options {
      if (neighbors < 1 || components < 1 || !(alpha > 0 && Double.isFinite(alpha))) {
        throw StitchException.usage(
            "a functional map needs 1 or more neighbors and components and alpha above 0"
                + " but got %d, %d and %s",
            neighbors, components, alpha);
      }
    }

    /**
     * 200 neighbors, 50 components, alpha 0.1: the best at 50 anchors among 1,000 questions of
     * TREC; sparser graphs were much worse.
     */
    public static Options defaults() {
      return new Options(200, 50, 0.1);
    }
  }

  /**
   * Fits the map.
   *
   * @param source samples of the source space, shape (N, D), N up to 6,000
   * @param target samples of the target space, shape (L, E), L up to 6,000
   * @param sourceAnchors rows of {@code source} whose counterparts are known
   * @param targetAnchors those counterparts' rows of {@code target}, as many
   * @throws StitchException (bad input) if a value is not finite, an anchor is no row, or there are
   *     fewer samples than neighbors or components ask for
   */
  public static FunctionalMap fit(
      FloatMatrix source,
      FloatMatrix target,
      int[] sourceAnchors,
      int[] targetAnchors,
      Options options) {
    requireSide(source, "source", sourceAnchors, options);
    requireSide(target, "target", targetAnchors, options);
    requireAnchors(sourceAnchors.length, targetAnchors.length);
    try (NDManager manager = TensorBridge.newManager()) {
      NDList x = basis(manager, source, sourceAnchors, options); // bases (N, K)
      NDList y = basis(manager, target, targetAnchors, options); // bases (L, K)
      NDArray alpha = manager.create(options.alpha()); // ()
      NDArray map = PROGRAM.call("solve", x.get(0), x.get(2), y.get(0), y.get(2), alpha); // (K, K)
      NDArray carried = x.get(1).matMul(map.transpose()); // (N, K)
      return new FunctionalMap(
          Affine.toMatrix(map), Affine.toMatrix(carried), Affine.toMatrix(y.get(1)));
    }
  }

  /**
   * The target sample nearest to each source sample in the spectral space, N of them. By cosine,
   * because the weight alpha shortens the map.
   */
  public int[] matches() {
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray x = Affine.toFloat64(manager, source); // (N, K)
      NDArray y = Affine.toFloat64(manager, target); // (L, K)
      return Arrays.stream(PROGRAM.call("nearest", x, y).toLongArray())
          .mapToInt(Math::toIntExact)
          .toArray();
    }
  }

  /**
   * A map between the spaces themselves, fitted on every sample and its match; with {@link
   * Aligner#procrustes} this is LFM+ortho.
   *
   * @param from the source samples this map was fitted on
   * @param to the target samples this map was fitted on
   */
  public Alignment refine(FloatMatrix from, FloatMatrix to, Aligner aligner) {
    if (from.rows() != source.rows() || to.rows() != target.rows()) {
      throw StitchException.badInput(
          "the functional map was fitted on %d and %d samples but got %d and %d;"
              + " refine it on the same ones",
          source.rows(), target.rows(), from.rows(), to.rows());
    }
    return aligner.fit(from, to.select(matches()));
  }

  private static NDList basis(
      NDManager manager, FloatMatrix space, int[] anchors, Options options) {
    NDArray unit = Preparation.unit(Affine.toFloat64(manager, space)); // (N, D)
    NDArray rows = manager.create(Arrays.stream(anchors).asLongStream().toArray()); // (M)
    NDArray neighbors = manager.create((double) options.neighbors()); // ()
    NDArray k = manager.create((double) options.components()); // ()
    return PROGRAM.run("basis", false, new NDList(unit, rows, neighbors, k), new NDList());
  }

  private static void requireSide(FloatMatrix space, String name, int[] anchors, Options options) {
    Pairs.requireRows(space, name, Math.max(options.neighbors() + 1, options.components()));
    if (space.rows() > MOST_SAMPLES) {
      throw StitchException.resources(
          "a functional map takes up to %d samples but the %s space has %d; draw a sample of it",
          MOST_SAMPLES, name, space.rows());
    }
    for (int anchor : anchors) {
      if (anchor < 0 || anchor >= space.rows()) {
        throw StitchException.badInput(
            "anchor row %d is not one of the %d rows of the %s space", anchor, space.rows(), name);
      }
    }
  }

  private static void requireAnchors(int source, int target) {
    if (source != target || source == 0) {
      throw StitchException.badInput(
          "a functional map needs the same anchors in both spaces, at least 1, but got %d and %d",
          source, target);
    }
  }
}
