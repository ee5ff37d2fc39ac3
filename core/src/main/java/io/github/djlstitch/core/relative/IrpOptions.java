// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.StitchException;

/**
 * How inverse relative projection inverts; which anchors it keeps is said by {@link Subspaces}.
 *
 * @param centering where vectors are moved to first
 * @param inverse what stands for the inverse of the kept anchors
 * @param completion what becomes of the others
 */
public record IrpOptions(Centering centering, Inverse inverse, Completion completion) {
  /** The pseudo-inverse without completion, as in the paper's main results. */
  public static IrpOptions plain(Centering centering) {
    return new IrpOptions(centering, Inverse.pseudo(), Completion.NONE);
  }

  /** With another inverse. */
  public IrpOptions withInverse(Inverse other) {
    return new IrpOptions(centering, other, completion);
  }

  /** With another completion. */
  public IrpOptions withCompletion(Completion other) {
    return new IrpOptions(centering, inverse, other);
  }

  /** Names what the codes mean: only codecs of the same name understand each other. */
  String codecName() {
    return codecName(completion, inverse.kind() == Inverse.Kind.PARSEVAL);
  }

  private static String codecName(Completion completion, boolean frame) {
    return CodecSpec.IRP
        + (completion == Completion.NONE ? "" : "-" + completion.id())
        + (frame ? "-parseval" : "");
  }

  /** The options of a codec by its description. */
  static IrpOptions of(CodecSpec spec) {
    for (Completion completion : Completion.values()) {
      if (spec.name().equals(codecName(completion, true))) {
        return new IrpOptions(spec.centering(), Inverse.parseval(), completion);
      }
      if (spec.name().equals(codecName(completion, false))) {
        return new IrpOptions(spec.centering(), inverse(spec), completion);
      }
    }
    throw StitchException.badInput("no codec '%s'; make the card again", spec.name());
  }

  private static Inverse inverse(CodecSpec spec) {
    if (spec.options().containsKey("lambda")) {
      return Inverse.ridge(spec.option("lambda"));
    }
    return spec.options().containsKey("floor")
        ? Inverse.truncated(spec.option("floor"))
        : Inverse.pseudo();
  }
}
