// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.core.relative.Inverse;
import io.github.djlstitch.core.relative.ParsevalOptions;
import io.github.djlstitch.core.relative.Similarity;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** How an encoder's vectors are made fit for a decoder that was trained on another encoder. */
public enum Method implements Named {
  /** Straight in; possible where the widths agree, and the control that shows the problem. */
  ABSOLUTE(Family.DIRECT),
  /** Relative representations into a head on the relative space (Moschella et al. 2023). */
  RELATIVE(Family.RELATIVE),
  /** Four similarities side by side into a head on them (Cannistraci et al. 2023). */
  PRODUCT(Family.RELATIVE),
  /** Anchor coordinates into the decoder's own space, then its absolute head, as all below. */
  COORDINATES(Family.CODEC),
  /** The Parseval codec: a tight frame in the principal components of each space's data. */
  PARSEVAL(Family.CODEC),
  /** The balanced codec, between Parseval and regression by the number of anchors. */
  BALANCED(Family.CODEC),
  /** The codec that chooses everything from its own space. */
  AUTO(Family.CODEC),
  /** Inverse relative projection by the pseudo-inverse of all anchors (Maiorca et al. 2024). */
  IRP(Family.CODEC),
  /** The same over pruned subspaces, averaged. */
  IRP_PRUNED(Family.CODEC),
  /** The same by the ridge inverse. */
  IRP_RIDGE(Family.CODEC),
  /** The same by the inverse without small singular values. */
  IRP_TRUNCATED(Family.CODEC),
  /** The same by the polar factor of the anchors in both directions. */
  IRP_PARSEVAL(Family.CODEC),
  /** Pruned, with the images of the basis vectors as the anchors. */
  IRP_BASIS(Family.CODEC),
  /** Pruned, with codes lifted to all anchors. */
  IRP_LIFTED(Family.CODEC),
  /** A Procrustes map fitted on the pair. */
  PROCRUSTES(Family.PAIRWISE),
  /** Least squares fitted on the pair. */
  LINEAR(Family.PAIRWISE),
  /** The orthogonal map nearest to least squares. */
  L_ORTHO(Family.PAIRWISE),
  /** A ridge regression fitted on the pair. */
  RIDGE(Family.PAIRWISE),
  /** Ridge regression with an offset, its weight by leave-one-out, fitted on the pair. */
  AFFINE(Family.PAIRWISE),
  /** Sparse powers of cosines as weights of the target's anchors (ASIF, Norelli et al. 2023). */
  ASIF(Family.PAIRWISE);

  /** What a method needs to know. */
  public enum Family {
    /** Nothing. */
    DIRECT,
    /** The anchors of one space at a time, and a head on relative representations. */
    RELATIVE,
    /** One space at a time; two codecs meet in the relative space. */
    CODEC,
    /** Both spaces at once. */
    PAIRWISE
  }

  private final Family family;

  Method(Family family) {
    this.family = family;
  }

  /** What the method needs to know. */
  public Family family() {
    return family;
  }

  /**
   * The method of that name.
   *
   * @throws StitchException (usage) naming the nearest, if there is none
   */
  public static Method named(String id) {
    List<String> known = Arrays.stream(values()).map(Method::id).toList();
    return Arrays.stream(values())
        .filter(method -> method.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                StitchException.usage(
                    "no method '%s'; %sknown: %s, all",
                    id, NearestName.hint(id, known), String.join(", ", known)));
  }

  /** Whether it keeps some of the anchors only, as decided on the decoder's space. */
  public boolean prunes() {
    return this == IRP_PRUNED || this == IRP_BASIS || this == IRP_LIFTED;
  }

  /** The ridge weight that the method takes if none is given; empty if it has none. */
  public OptionalDouble defaultLambda() {
    return switch (this) {
      case COORDINATES, RIDGE -> OptionalDouble.of(Similarity.DEFAULT_LAMBDA);
      case IRP_RIDGE -> OptionalDouble.of(Inverse.DEFAULT_LAMBDA);
      case PARSEVAL -> OptionalDouble.of(ParsevalOptions.DEFAULT_LAMBDA);
      default -> OptionalDouble.empty();
    };
  }

  /** The names of a family, with commas. */
  static String ids(Family family) {
    return Arrays.stream(values())
        .filter(method -> method.family == family)
        .map(Method::id)
        .collect(Collectors.joining(", "));
  }

  /** Which space the method's head reads. */
  public DecoderSpec.Reads reads() {
    return switch (this) {
      case RELATIVE -> DecoderSpec.Reads.RELATIVE;
      case PRODUCT -> DecoderSpec.Reads.PRODUCT;
      default -> DecoderSpec.Reads.ABSOLUTE;
    };
  }
}
