// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import java.util.Locale;

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
    String frame = inverse.kind() == Inverse.Kind.PARSEVAL ? "-parseval" : "";
    return CodecSpec.IRP
        + (completion == Completion.NONE ? "" : "-" + completion.name().toLowerCase(Locale.ROOT))
        + frame;
  }
}
