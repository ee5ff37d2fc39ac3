// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says once, in the platform's log, that kernels of this processor are not used. */
final class KernelWarnings {
  private static final Logger LOG = System.getLogger("io.github.djlstitch.engine");
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  private KernelWarnings() {}

  static void slower(String program, String reason) {
    if (SAID.add(program)) {
      LOG.log(
          Level.WARNING,
          "{0} uses slower kernels, because this processor''s fastest ones are not right: {1}",
          program,
          reason);
    }
  }
}
