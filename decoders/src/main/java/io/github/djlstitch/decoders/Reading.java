// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.core.stitch.DecoderSpec;

/** Ways to feed test samples to a head that normalizes features over a batch. */
public enum Reading implements Named {
  /**
   * One sample at a time, normalized by statistics of the training samples; every head supports it.
   */
  INDUCTIVE,
  /**
   * All samples of a call together, normalized over them, as the official code of Moschella et al.
   * 2023 does: the answer for a sample depends on the others, which also brings the feature
   * statistics of another encoder to those of training.
   */
  TRANSDUCTIVE;

  /**
   * A head read in this way.
   *
   * @throws StitchException (usage) from {@link Decoder#decode} if it is to read samples together
   *     but normalizes nothing over a batch
   */
  public Decoder of(ClassifierHead head) {
    return this == INDUCTIVE ? head : new Together(head);
  }

  private record Together(ClassifierHead head) implements Decoder {
    @Override
    public DecoderSpec spec() {
      return head.spec();
    }

    @Override
    public FloatMatrix decode(FloatMatrix inputs) {
      return head.decodeTogether(inputs);
    }
  }
}
