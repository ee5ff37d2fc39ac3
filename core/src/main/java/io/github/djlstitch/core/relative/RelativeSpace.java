// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes latent spaces relative to anchors (Moschella et al. 2023, arXiv:2209.15430, eq. 3), with an
 * origin that says to which and how. Two such spaces of the same samples and anchors, by two
 * encoders, have common axes: {@link io.github.djlstitch.core.measure.SpaceMeasure} compares them
 * by Jaccard, MRR and cosine. Immutable and thread-safe.
 */
public final class RelativeSpace {
  private final Provenance.Relative origin;
  private final int width;
  private final boolean together;
  private final UnaryOperator<FloatMatrix> map;

  private RelativeSpace(
      Provenance.Relative origin, int width, boolean together, UnaryOperator<FloatMatrix> map) {
    this.origin = origin;
    this.width = width;
    this.together = together;
    this.map = map;
  }

  /**
   * By a pipeline.
   *
   * @param space the space that is made relative, with its unlabeled data
   * @param anchors among the samples of the space, or of {@link LatentSpace#anchorCandidates}
   * @throws io.github.djlstitch.core.StitchException (bad input) if an anchor is not there or the
   *     similarity refuses the anchors
   */
  public static RelativeSpace of(LatentSpace space, Anchors anchors, RelativePipeline how) {
    var fitted = how.over(AnchoredSpace.of(space, anchors));
    return new RelativeSpace(
        origin(space, anchors, settings(fitted)),
        fitted.outputWidth(),
        how.transductive(),
        fitted::apply);
  }

  /** By a product of invariances whose merge is not learned, likewise. */
  public static RelativeSpace of(LatentSpace space, Anchors anchors, InvarianceProduct how) {
    var fitted = how.over(AnchoredSpace.of(space, anchors));
    String similarities =
        fitted.projections().stream()
            .map(projection -> projection.similarity().text())
            .collect(Collectors.joining(", "));
    Map<String, String> settings = settings(similarities, how.centering());
    settings.put("product", how.merge().id());
    putParts(settings, fitted.projections().stream().map(RelativeProjection::numbers));
    return new RelativeSpace(
        origin(space, anchors, settings), fitted.outputWidth(), false, fitted::apply);
  }

  private static Provenance.Relative origin(
      LatentSpace space, Anchors anchors, Map<String, String> settings) {
    Provenance from = (anchors.source().isEmpty() ? space : space.anchorCandidates()).provenance();
    return new Provenance.Relative(anchors, from.dataset(), from.datasetSha256(), settings);
  }

  private static Map<String, String> settings(RelativePipeline.Fitted fitted) {
    RelativePipeline how = fitted.pipeline();
    String similarities =
        fitted.similarities().stream()
            .map(Similarity::text)
            .distinct()
            .collect(Collectors.joining(", "));
    Map<String, String> settings = settings(similarities, how.centering());
    put(settings, "subspaces", how.subspaces() > 1, how.subspaces());
    put(settings, "quantized_vectors", !how.absolute().isNone(), how.absolute().text());
    put(settings, "aggregation", how.aggregation().active(), how.aggregation());
    put(settings, "quantized", !how.relative().isNone(), how.relative().text());
    put(settings, "norm", how.norm() != OutputNorm.NONE, how.norm().id());
    how.draw().ifPresent(draw -> settings.put("draw", draw.toString()));
    putParts(settings, fitted.numbers());
    return settings;
  }

  private static Map<String, String> settings(String similarities, Centering centering) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("similarity", similarities);
    settings.put("center", centering.id());
    return settings;
  }

  private static void putParts(Map<String, String> to, Stream<Map<String, Double>> numbers) {
    double most =
        numbers.mapToDouble(n -> n.getOrDefault(Diagnostics.GRAPH_PARTS, 1.0)).max().orElse(1);
    put(to, Diagnostics.GRAPH_PARTS, most > 1, Math.round(most));
  }

  private static void put(Map<String, String> to, String name, boolean is, Object value) {
    if (is) {
      to.put(name, value.toString());
    }
  }

  /** Width of the relative vectors: the number of anchors M, or of K products side by side K M. */
  public int width() {
    return width;
  }

  /** Returns the anchors and settings, as they stand in the provenance of relative vectors. */
  public Provenance.Relative origin() {
    return origin;
  }

  /**
   * Samples of the same encoder, relative: (N, D) to (N, M).
   *
   * @throws io.github.djlstitch.core.StitchException (bad input) if they are of another width
   */
  public LatentSpace apply(LatentSpace samples) {
    return LatentSpace.of(
        samples.ids(),
        samples.labels(),
        samples.classes(),
        map.apply(samples.vectors()),
        samples.provenance().relativeTo(origin));
  }

  /** Writes them to a file, a window of rows at a time where rows do not depend on each other. */
  public void write(LatentSpace samples, Path file) {
    if (together) {
      apply(samples).save(file);
      return;
    }
    LatentSpace.write(
        file,
        samples.ids(),
        samples.labels(),
        samples.classes(),
        samples.provenance().relativeTo(origin),
        width,
        rows -> map.apply(samples.vectors().rowRange(rows.from(), rows.to())));
  }
}
