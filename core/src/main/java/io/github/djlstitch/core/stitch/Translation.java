// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.memory.EvenRows;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.SpaceCard;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Standardization;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.NormStatistics;
import io.github.djlstitch.core.space.Provenance;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A map from one latent space into another: by two space cards, or fitted on the anchors of both.
 * Immutable and thread-safe.
 *
 * @param method name of the codec or of the fitted method
 * @param from origin of the first space
 * @param to origin of the second space
 * @param anchors the samples it was made from
 * @param map vectors of the first encoder to standardized vectors of the second space
 * @param target standardizes vectors of the second space
 * @param norms lengths of the second space's vectors
 * @param difference relative mismatch of the same samples in both spaces, if there are codes
 * @param diagnostics of the second space's codec or of the fit; may be empty
 */
public record Translation(
    String method,
    Provenance from,
    Provenance to,
    Anchors anchors,
    UnaryOperator<FloatMatrix> map,
    Standardization target,
    NormStatistics norms,
    Optional<ToDoubleBiFunction<FloatMatrix, FloatMatrix>> difference,
    Map<String, Double> diagnostics) {

  /** Most samples that a quality is measured on: each is compared with all others. */
  public static final int MOST_MEASURED = 10_000;

  /** Takes a copy of the diagnostics. */
  public Translation {
    diagnostics = Collections.unmodifiableMap(new LinkedHashMap<>(diagnostics));
  }

  /**
   * Samples that both encoders have and that are no anchors, in the same order.
   *
   * @param source their vectors by the first encoder, shape (N, D)
   * @param own their vectors by the second encoder, shape (N, E)
   */
  public record HeldOut(FloatMatrix source, FloatMatrix own) {
    /** Checks that there are as many of both. */
    public HeldOut {
      if (source.rows() != own.rows()) {
        throw StitchException.badInput(
            "%d vectors cannot be compared with %d; give the same samples",
            source.rows(), own.rows());
      }
    }
  }

  /**
   * The samples that are in both spaces.
   *
   * @throws StitchException (bad input) if there are none
   */
  public static Set<String> requireCommon(LatentSpace x, LatentSpace y) {
    Set<String> common = new HashSet<>(x.ids());
    common.retainAll(new HashSet<>(y.ids()));
    if (common.isEmpty()) {
      throw StitchException.badInput(
          "no sample is in both spaces: those of '%s' are like '%s', those of '%s' like '%s';"
              + " encode the same data with both encoders",
          x.provenance().encoder(), x.ids().get(0), y.provenance().encoder(), y.ids().get(0));
    }
    return common;
  }

  /**
   * From one space into another by their cards alone.
   *
   * @throws StitchException (bad input) if the cards' codes differ
   */
  public static Translation by(SpaceCard from, SpaceCard to) {
    from.requireSameCodes(to);
    SpaceCodec x = from.codec();
    SpaceCodec y = to.codec();
    return new Translation(
        x.spec().name(),
        from.provenance(),
        to.provenance(),
        from.anchors(),
        SpaceCodec.translator(x, y),
        y.frame(),
        y.diagnostics().norms(),
        Optional.of((a, b) -> SpaceCodec.relativeMismatch(x, a, y, b)),
        y.diagnostics().numbers());
  }

  /**
   * From one space into another by a map that is fitted on the anchors of both at once.
   *
   * @param method of the family {@link Method.Family#PAIRWISE}
   */
  public static Translation fitted(
      LatentSpace x,
      LatentSpace y,
      Anchors anchors,
      Centering centering,
      BridgeOptions options,
      Method method) {
    var own = AnchoredSpace.of(x, anchors);
    var other = AnchoredSpace.of(y, anchors);
    if (method == Method.SELF_LEARNING) {
      SpaceCodec from = new CodecSpec.Automatic().fit(own);
      SpaceCodec to = new CodecSpec.Automatic().fit(other);
      var learned = SelfLearned.of(own, other, from, to);
      return fitted(x, y, anchors, method, learned::apply, to.frame(), learned.map().diagnostics());
    }
    Standardization source = own.frame(centering, true);
    Standardization target = other.frame(centering, true);
    Bridge fitted =
        Bridge.fitted(method, source.apply(own.anchors()), target.apply(other.anchors()), options);
    return fitted(
        x,
        y,
        anchors,
        method,
        vectors -> fitted.apply(source.apply(vectors)),
        target,
        fitted.diagnostics());
  }

  private static Translation fitted(
      LatentSpace x,
      LatentSpace y,
      Anchors anchors,
      Method method,
      UnaryOperator<FloatMatrix> map,
      Standardization target,
      Map<String, Double> diagnostics) {
    return new Translation(
        method.id(),
        x.provenance(),
        y.provenance(),
        anchors,
        map,
        target,
        NormStatistics.of(y.vectors()),
        Optional.empty(),
        diagnostics);
  }

  /** Refuses vectors that are not of the first encoder. */
  public void requireSource(LatentSpace space) {
    requireEncoder("vectors", space.provenance(), from);
  }

  /** Refuses vectors that are not of the second encoder. */
  public void requireTarget(LatentSpace space) {
    requireEncoder("the reference's vectors", space.provenance(), to);
  }

  private static void requireEncoder(String what, Provenance found, Provenance expected) {
    if (!found.sameNetwork(expected)) {
      throw StitchException.badInput(
          "%s are of the encoder '%s' (sha256 %.8s) but the space is that of '%s' (sha256 %.8s);"
              + " encode the samples with that one, or give another space",
          what,
          found.encoder(),
          found.encoderSha256(),
          expected.encoder(),
          expected.encoderSha256());
    }
  }

  /**
   * The vectors as the second encoder would have given them; their provenance says so.
   *
   * @throws StitchException (bad input) if they are not of the first encoder
   */
  public LatentSpace apply(LatentSpace source) {
    requireSource(source);
    return LatentSpace.of(
        source.ids(),
        source.labels(),
        source.classes(),
        vectors(source.vectors()),
        translated(source.provenance()));
  }

  /**
   * Writes what {@link #apply} gives into a latent-space file; memory does not grow with the
   * vectors, which stay in their file if that is where they are.
   *
   * @throws StitchException (bad input) if they are not of the first encoder
   */
  public void write(LatentSpace source, Path file, Progress progress) {
    requireSource(source);
    var ahead = new RowsAhead(source.vectors(), this::vectors);
    LatentSpace.write(
        file,
        source.ids(),
        source.labels(),
        source.classes(),
        translated(source.provenance()),
        target.width(),
        rows -> {
          progress.at("translate", rows.to(), source.ids().size());
          return ahead.vectors(rows);
        });
  }

  /** Vectors of the first encoder (N, D) as the second would have given them (N, E). */
  private FloatMatrix vectors(FloatMatrix source) {
    return target.rescaled(map.apply(source), norms);
  }

  private Provenance translated(Provenance source) {
    String sha256 =
        Sha256.builder()
            .add("translated")
            .add(from.encoderSha256())
            .add(to.encoderSha256())
            .add(method)
            .add(anchors.sha256())
            .add(source.encoderSha256())
            .hex();
    return new Provenance(
        to.encoder() + " translated from " + from.encoder() + " by " + method,
        sha256,
        source.dataset(),
        source.datasetSha256(),
        source.split(),
        source.software());
  }

  /** The vectors as standardized vectors of the second space. */
  public FloatMatrix standardized(FloatMatrix vectors) {
    return map.apply(vectors);
  }

  /** Relative mismatch of the samples' codes, if the translation has codes. */
  public OptionalDouble mismatch(HeldOut samples) {
    return difference
        .map(d -> OptionalDouble.of(d.applyAsDouble(samples.source(), samples.own())))
        .orElse(OptionalDouble.empty());
  }

  /**
   * The samples on which a quality can be measured: those of both that are no anchors, and of more
   * than {@link #MOST_MEASURED} so many, spread evenly.
   *
   * @throws StitchException (bad input) if there is none, or the vectors are of other encoders
   */
  public HeldOut heldOut(LatentSpace source, LatentSpace own) {
    requireSource(source);
    requireTarget(own);
    Map<String, Integer> rows = new HashMap<>();
    for (int i = 0; i < own.ids().size(); i++) {
      rows.put(own.ids().get(i), i);
    }
    boolean sameData =
        source.provenance().datasetSha256().equals(from.datasetSha256())
            && source.provenance().split().equals(from.split());
    Set<String> seen = sameData ? Set.copyOf(anchors.ids()) : Set.of();
    List<String> ids = source.ids();
    int[] found =
        IntStream.range(0, ids.size())
            .filter(i -> rows.containsKey(ids.get(i)) && !seen.contains(ids.get(i)))
            .toArray();
    if (found.length == 0) {
      throw StitchException.badInput(
          "no sample to measure: none of the %d vectors is in the reference without being an"
              + " anchor",
          ids.size());
    }
    int[] here =
        IntStream.of(EvenRows.of(found.length, MOST_MEASURED)).map(i -> found[i]).toArray();
    int[] there = IntStream.of(here).map(i -> rows.getOrDefault(ids.get(i), -1)).toArray();
    return new HeldOut(source.vectors().select(here), own.vectors().select(there));
  }
}
