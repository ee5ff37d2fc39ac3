// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import java.util.List;

/** Optimizers, with PyTorch's defaults. */
public enum UpdateRule implements Named {
  /** Adam (Kingma and Ba 2015), beta .9 and .999, epsilon 1e-8; weight decay joins the gradient. */
  ADAM,
  /** Plain gradient descent without momentum. */
  SGD;

  /** The rule of that name. */
  public static UpdateRule named(String id) {
    for (UpdateRule rule : values()) {
      if (rule.id().equals(id)) {
        return rule;
      }
    }
    throw StitchException.usage(
        "no optimizer '%s'; %sknown: adam, sgd",
        id, NearestName.hint(id, List.of(ADAM.id(), SGD.id())));
  }
}
