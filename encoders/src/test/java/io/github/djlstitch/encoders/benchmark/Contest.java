// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.benchmark;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Times contenders in turns, so that a slow moment of the machine hits all of them, and prints the
 * median time of each and the median over the rounds of its speed relative to the first one.
 */
final class Contest {
  private static final long PAUSE_MILLIS =
      100; // idle worker threads of the one before stop spinning

  /** Something that takes time. */
  interface Contender {
    void run() throws Exception;
  }

  private Contest() {}

  static void run(String title, Map<String, Contender> contenders, int calls, int rounds) {
    Map<String, double[]> times = new HashMap<>();
    contenders.forEach(
        (name, contender) -> {
          millis(contender, 3 * calls);
          times.put(name, new double[rounds]);
        });
    for (int i = 0; i < rounds; i++) {
      for (var entry : contenders.entrySet()) {
        times.get(entry.getKey())[i] = millis(entry.getValue(), calls);
      }
    }
    double[] first = times.get(contenders.keySet().iterator().next());
    System.out.printf("%n%s%n", title);
    for (String name : contenders.keySet()) {
      double[] own = times.get(name);
      double[] speeds = new double[rounds];
      Arrays.setAll(speeds, i -> first[i] / own[i]);
      System.out.printf(
          "%-16s %8.2f ms (best %8.2f)  %5.2f times as fast (quartiles %.2f to %.2f)%n",
          name,
          quantile(own, .5),
          quantile(own, 0),
          quantile(speeds, .5),
          quantile(speeds, .25),
          quantile(speeds, .75));
    }
  }

  private static double millis(Contender contender, int calls) {
    try {
      Thread.sleep(PAUSE_MILLIS);
      contender.run();
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        contender.run();
      }
      return (System.nanoTime() - start) / 1e6 / calls;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(q * (sorted.length - 1))];
  }
}
