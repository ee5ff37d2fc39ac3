// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.Irp;
import io.github.djlstitch.core.relative.Irp.Completion;
import io.github.djlstitch.core.relative.Irp.Inverse;
import io.github.djlstitch.core.relative.Similarity;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ways from an encoder's vectors to the inputs of a decoder that another encoder trained. */
public enum Method implements Named {
  /** Straight in; possible where the widths agree, and the control that shows the problem. */
  ABSOLUTE(Family.DIRECT),
  /** Relative representations into a head on the relative space (Moschella et al. 2023). */
  RELATIVE(Family.RELATIVE),
  /** Four similarities side by side into a head on them (Cannistraci et al. 2023). */
  PRODUCT(Family.RELATIVE),
  /** Anchor coordinates into the decoder's own space, then its absolute head, as all below. */
  COORDINATES(CodecSpec.Kind.COORDINATES),
  /** The Parseval codec: a tight frame in the principal components of each space's data. */
  PARSEVAL(CodecSpec.Kind.PARSEVAL),
  /** The balanced codec, between Parseval and regression by the number of anchors. */
  BALANCED(CodecSpec.Kind.BALANCED),
  /** The codec that chooses everything from its own space. */
  AUTO(CodecSpec.Kind.AUTO),
  /** Inverse relative projection by the pseudo-inverse of all anchors (Maiorca et al. 2024). */
  IRP(Inverse.Kind.PSEUDO, Completion.NONE),
  /** The same over pruned subspaces, averaged. */
  IRP_PRUNED(Inverse.Kind.PSEUDO, Completion.NONE),
  /** The same by the ridge inverse. */
  IRP_RIDGE(Inverse.Kind.RIDGE, Completion.NONE),
  /** The same by the inverse without small singular values. */
  IRP_TRUNCATED(Inverse.Kind.TRUNCATED, Completion.NONE),
  /** The same by the polar factor of the anchors in both directions. */
  IRP_PARSEVAL(Inverse.Kind.PARSEVAL, Completion.NONE),
  /** Pruned, with the images of the basis vectors as the anchors. */
  IRP_BASIS(Inverse.Kind.PSEUDO, Completion.BASIS),
  /** Pruned, with codes lifted to all anchors. */
  IRP_LIFTED(Inverse.Kind.PSEUDO, Completion.LIFTED),
  /** A Procrustes map between what the anchors span of each space, fitted on the pair. */
  PROCRUSTES(Family.PAIRWISE),
  /** Least squares fitted on the pair. */
  LINEAR(Family.PAIRWISE),
  /** The orthogonal map nearest to least squares, between what the anchors span. */
  L_ORTHO(Family.PAIRWISE),
  /** A ridge regression fitted on the pair. */
  RIDGE(Family.PAIRWISE),
  /** Ridge regression with an offset, its weight by leave-one-out, fitted on the pair. */
  AFFINE(Family.PAIRWISE),
  /** Sparse powers of cosines as weights of the target's anchors (ASIF, Norelli et al. 2023). */
  ASIF(Family.PAIRWISE),
  /** A Procrustes map learned from few anchors and the unlabeled data of both spaces. */
  SELF_LEARNING(Family.PAIRWISE);

  /** The knowledge that a method needs. */
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
  private final CodecSpec.@Nullable Kind codec;
  private final Inverse.Kind inverse;
  private final Completion completion;

  Method(Family family) {
    this(family, null, Inverse.Kind.PSEUDO, Completion.NONE);
  }

  Method(CodecSpec.Kind codec) {
    this(Family.CODEC, codec, Inverse.Kind.PSEUDO, Completion.NONE);
  }

  Method(Inverse.Kind inverse, Completion completion) {
    this(Family.CODEC, CodecSpec.Kind.IRP, inverse, completion);
  }

  Method(
      Family family, CodecSpec.@Nullable Kind codec, Inverse.Kind inverse, Completion completion) {
    this.family = family;
    this.codec = codec;
    this.inverse = inverse;
    this.completion = completion;
  }

  /** Returns the knowledge that the method needs. */
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

  /** Returns true if a bridge takes so long that few can be made to predict how good it is. */
  boolean slow() {
    return prunes() || this == SELF_LEARNING;
  }

  /** Returns true if it keeps only some of the anchors, as decided on the decoder's space. */
  public boolean prunes() {
    return this == IRP_PRUNED || this == IRP_BASIS || this == IRP_LIFTED;
  }

  /** The ridge weight that the method takes if none is given; empty if it has none. */
  public OptionalDouble defaultLambda() {
    if (codec == null) {
      return this == RIDGE ? OptionalDouble.of(Similarity.DEFAULT_LAMBDA) : OptionalDouble.empty();
    }
    return switch (codec) {
      case COORDINATES -> OptionalDouble.of(Similarity.DEFAULT_LAMBDA);
      case PARSEVAL -> OptionalDouble.of(CodecSpec.Parseval.DEFAULT_LAMBDA);
      case IRP ->
          inverse == Inverse.Kind.RIDGE
              ? OptionalDouble.of(Inverse.DEFAULT_LAMBDA)
              : OptionalDouble.empty();
      case AUTO, BALANCED -> OptionalDouble.empty();
    };
  }

  /**
   * The codec of a method of the family {@link Family#CODEC}, before pruning.
   *
   * @param centering of codecs that have a choice
   * @throws IllegalArgumentException if the method is of another family
   */
  CodecSpec codec(Centering centering, BridgeOptions options) {
    if (codec == null) {
      throw new IllegalArgumentException(id());
    }
    return switch (codec) {
      case AUTO -> new CodecSpec.Automatic();
      case BALANCED -> new CodecSpec.Balanced();
      case COORDINATES -> new CodecSpec.Coordinates(centering, options.lambda(this));
      case PARSEVAL -> CodecSpec.Parseval.defaults().withLambda(options.lambda(this));
      case IRP -> new Irp(centering, inverse(options), completion);
    };
  }

  private Inverse inverse(BridgeOptions options) {
    return switch (inverse) {
      case PSEUDO -> Inverse.pseudo();
      case RIDGE -> Inverse.ridge(options.lambda(this));
      case TRUNCATED -> Inverse.truncated();
      case PARSEVAL -> Inverse.parseval();
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
    return switch (family) {
      case RELATIVE -> this == PRODUCT ? DecoderSpec.Reads.PRODUCT : DecoderSpec.Reads.RELATIVE;
      case DIRECT, CODEC, PAIRWISE -> DecoderSpec.Reads.ABSOLUTE;
    };
  }
}
