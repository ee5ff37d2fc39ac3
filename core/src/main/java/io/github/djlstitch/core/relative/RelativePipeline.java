// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.RowBlocks;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything between vectors (N, D) and what a head reads, in the order of the relative attention
 * of Moschella et al. 2023 (arXiv:2209.15430): draw anchors, standardize, quantize vectors and
 * anchors, compare, average by class, quantize similarities, normalize. With more than one subspace
 * all but the last happens in each and the results stand side by side. Immutable and thread-safe.
 *
 * @param similarity how vectors are compared with anchors
 * @param centering of each subspace
 * @param subspaces how many equal parts vectors are cut into, at least 1
 * @param absolute quantization of standardized vectors and anchors; clusters are formed of both
 * @param aggregation averaging over anchors
 * @param relative quantization of the similarities
 * @param norm of the result
 * @param draw which anchors a training step sees; without averaging by class, inference sees those
 *     of step 0, so that the width stays the same, with it all
 */
public record RelativePipeline(
    Similarity similarity,
    Centering centering,
    int subspaces,
    Quantization absolute,
    Aggregation aggregation,
    Quantization relative,
    OutputNorm norm,
    Optional<AnchorDraw> draw) {

  /** Checks what cannot go together. */
  public RelativePipeline {
    if (subspaces < 1) {
      throw StitchException.usage("%d subspaces; expected at least 1", subspaces);
    }
    if (draw.isPresent() && similarity.kind().joint()) {
      throw StitchException.usage(
          "similarity '%s' depends on all anchors together and cannot be drawn from",
          similarity.kind().id());
    }
    draw.ifPresent(anchors -> requireEveryGroup(anchors, aggregation));
    if (absolute.transductive() && similarity.kind().readsData()) {
      throw StitchException.usage(
          "clusters of vectors move the anchors with every batch; '%s' needs them fixed",
          similarity.kind().id());
    }
  }

  private static void requireEveryGroup(AnchorDraw draw, Aggregation aggregation) {
    boolean fits =
        draw.classes().equals(aggregation.classes()) && draw.count() >= aggregation.groups();
    if (aggregation.active() && !fits) {
      throw StitchException.usage(
          "means of classes need a draw from each class, at least as many anchors as there are"
              + " groups (%d)",
          aggregation.groups());
    }
  }

  /** A plain relative projection, to which more is added with the methods below. */
  public static RelativePipeline of(Similarity similarity, Centering centering) {
    return new RelativePipeline(
        similarity,
        centering,
        1,
        Quantization.none(),
        Aggregation.none(),
        Quantization.none(),
        OutputNorm.NONE,
        Optional.empty());
  }

  /** With vectors cut into equal parts. */
  public RelativePipeline withSubspaces(int count) {
    return new RelativePipeline(
        similarity, centering, count, absolute, aggregation, relative, norm, draw);
  }

  /** With standardized vectors and anchors quantized. */
  public RelativePipeline withAbsolute(Quantization quantization) {
    return new RelativePipeline(
        similarity, centering, subspaces, quantization, aggregation, relative, norm, draw);
  }

  /** With similarities averaged. */
  public RelativePipeline withAggregation(Aggregation means) {
    return new RelativePipeline(
        similarity, centering, subspaces, absolute, means, relative, norm, draw);
  }

  /** With similarities quantized. */
  public RelativePipeline withRelative(Quantization quantization) {
    return new RelativePipeline(
        similarity, centering, subspaces, absolute, aggregation, quantization, norm, draw);
  }

  /** With the result normalized. */
  public RelativePipeline withNorm(OutputNorm last) {
    return new RelativePipeline(
        similarity, centering, subspaces, absolute, aggregation, relative, last, draw);
  }

  /** With other anchors at each training step. */
  public RelativePipeline withDraw(AnchorDraw anchors) {
    return new RelativePipeline(
        similarity,
        centering,
        subspaces,
        absolute,
        aggregation,
        relative,
        norm,
        Optional.of(anchors));
  }

  /**
   * Fits the pipeline to a space.
   *
   * @throws StitchException (bad input) if the width is no multiple of the subspaces, a class or a
   *     draw does not go with the number of anchors, or the anchors are refused by the similarity
   */
  public Fitted over(AnchoredSpace space) {
    return Fitted.of(this, space);
  }

  boolean transductive() {
    return absolute.transductive() || relative.transductive() || norm == OutputNorm.INSTANCE;
  }

  /** A {@link RelativePipeline} fitted to one space. Immutable and thread-safe. */
  public static final class Fitted {
    private final RelativePipeline pipeline;
    private final List<Subspace> parts;
    private final List<FloatMatrix> statistics;

    private Fitted(RelativePipeline pipeline, List<Subspace> parts, List<FloatMatrix> statistics) {
      this.pipeline = pipeline;
      this.parts = parts;
      this.statistics = statistics;
    }

    static Fitted of(RelativePipeline pipeline, AnchoredSpace space) {
      int width = space.anchors().columns();
      int each = width / pipeline.subspaces();
      if (each * pipeline.subspaces() != width) {
        throw StitchException.badInput(
            "vectors %d wide cannot be cut into %d equal subspaces; take a divisor of %d",
            width, pipeline.subspaces(), width);
      }
      requireClasses(pipeline.aggregation(), space.anchors().rows());
      List<Subspace> parts =
          IntStream.range(0, pipeline.subspaces())
              .mapToObj(h -> Subspace.of(pipeline, space, h * each, (h + 1) * each))
              .toList();
      pipeline.draw().ifPresent(draw -> draw.at(0, space.anchors().rows()));
      if (pipeline.norm() != OutputNorm.BATCH) {
        return new Fitted(pipeline, parts, List.of());
      }
      var before = new Fitted(pipeline.withNorm(OutputNorm.NONE), parts, List.of());
      return new Fitted(pipeline, parts, OutputNorm.statistics(before.apply(space.data())));
    }

    private static void requireClasses(Aggregation aggregation, int anchors) {
      if (aggregation.active() && aggregation.classes().size() != anchors) {
        throw StitchException.badInput(
            "%d classes of anchors for %d anchors; each anchor needs one",
            aggregation.classes().size(), anchors);
      }
    }

    /** Returns the pipeline that was fitted. */
    public RelativePipeline pipeline() {
      return pipeline;
    }

    /** The similarity of each subspace, with the parameter that was chosen. */
    public List<Similarity> similarities() {
      return parts.stream().map(part -> part.comparison().similarity()).toList();
    }

    /** Numbers of each subspace, as {@link RelativeProjection#numbers} has them. */
    Stream<Map<String, Double>> numbers() {
      return parts.stream().map(part -> part.comparison().numbers());
    }

    /** Width D of the vectors it reads. */
    public int width() {
      return parts.size() * parts.get(0).frame().width();
    }

    /** Width K of the result. */
    public int outputWidth() {
      int columns = anchors(0, false).length;
      return parts.size() * pipeline.aggregation().width(columns);
    }

    /**
     * Computes a head's inputs: (N, D) to (N, K). With clusters or instance norm the result for a
     * vector depends on all that are given; the anchors are those of inference.
     *
     * @throws StitchException (bad input) if the width is another or a value is not finite;
     *     (resources) for clusters of more than 8,192 vectors and anchors
     */
    public FloatMatrix apply(FloatMatrix vectors) {
      Standardization.requireWidth(vectors.columns(), width());
      requireFinite(vectors);
      try (NDManager manager = TensorBridge.newManager()) {
        var fitted = new NDList();
        tensors().forEach(t -> fitted.add(TensorBridge.toTensor(manager, t)));
        if (!pipeline.transductive() || vectors.rows() == 0) {
          return RowBlocks.map(vectors, outputWidth(), x -> forward(x, fitted, 0, false)); // (N, K)
        }
        NDArray x = TensorBridge.toTensor(manager, vectors); // (N, D)
        return TensorBridge.toMatrix(forward(x, fitted, 0, false));
      }
    }

    static void requireFinite(FloatMatrix vectors) {
      vectors
          .firstNonFiniteRow()
          .ifPresent(
              row -> {
                throw StitchException.badInput(
                    "vector %d has a value that is not finite; encode it again", row);
              });
    }

    /**
     * The arrays that {@link #forward} takes: those of each subspace, then the statistics of the
     * norm.
     */
    List<FloatMatrix> tensors() {
      List<FloatMatrix> tensors = new ArrayList<>();
      parts.forEach(part -> tensors.addAll(part.tensors()));
      tensors.addAll(statistics);
      return tensors;
    }

    /** The same on native arrays; the result (B, K) belongs to the manager of {@code x}. */
    NDArray forward(NDArray x, NDList fitted, long step, boolean training) {
      NDArray r = similarities(x, fitted, step, training); // (B, K)
      return pipeline.norm().apply(r, statistics(fitted), training);
    }

    /** Before the last normalization. */
    NDArray similarities(NDArray x, NDList fitted, long step, boolean training) {
      int[] drawn = anchors(step, training);
      var results = new NDList();
      int from = 0;
      for (Subspace part : parts) {
        int to = from + part.tensors().size();
        results.add(part.forward(x, new NDList(fitted.subList(from, to)), drawn, training));
        from = to;
      }
      return results.size() == 1 ? results.head() : NDArrays.concat(results, 1);
    }

    /** The last of the tensors: mean and variance, if the norm has them. */
    NDList statistics(NDList fitted) {
      return fitted.subNDList(fitted.size() - statistics.size());
    }

    private int[] anchors(long step, boolean training) {
      int all = parts.get(0).anchors().rows();
      boolean everyAnchor = !training && pipeline.aggregation().active();
      return pipeline
          .draw()
          .filter(draw -> !everyAnchor)
          .map(draw -> draw.at(training ? step : 0, all))
          .orElseGet(() -> IntStream.range(0, all).toArray());
    }
  }
}
