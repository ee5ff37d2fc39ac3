// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Logs once that kernels of this processor are not used. */
final class KernelWarnings {
  private static final Logger LOG = System.getLogger("io.github.djlstitch.engine");
  // Static, as a processor is one for all of the process, and is told of once. A few names.
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  private KernelWarnings() {}

  static void slower(String program, String reason) {
    say(
        program,
        program
            + ": slower kernels are used, because LibTorch's fastest are "
            + (TorchKernels.isDifference(reason) ? "wrong" : "not to be had")
            + " on this processor ("
            + reason
            + "); in bfloat16 they are slower than float32");
  }

  static void wrong(KernelCheck.Verdict v) {
    String what = v.family() + " in " + v.numbers();
    say(
        what,
        "LibTorch computes wrong numbers on this processor: "
            + what
            + " ("
            + v.found()
            + "); what is done about it: "
            + v.remedy());
  }

  private static void say(String key, String message) {
    if (SAID.add(key)) {
      LOG.log(Level.WARNING, message);
    }
  }
}
