// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Times contenders in turns and prints their median times, and their speeds relative to the first
 * one as the median of the rounds' ratios. Rounds in which something else took the processor are
 * left out: those in which a contender, whichever, took far longer than its best.
 */
final class Contest {
  private static final long PAUSE_MILLIS = 100; // the idle threads of the one before stop spinning
  private static final double DISTURBED = 1.25;

  /** Something that takes time. */
  interface Contender {
    void run() throws Exception;
  }

  private Contest() {}

  static void run(String title, Map<String, Contender> contenders, int calls, int rounds)
      throws Exception {
    for (Contender contender : contenders.values()) {
      millis(contender, 3 * calls);
    }
    Map<String, double[]> times = new LinkedHashMap<>();
    contenders.keySet().forEach(name -> times.put(name, new double[rounds]));
    for (int i = 0; i < rounds; i++) {
      for (var entry : contenders.entrySet()) {
        times.get(entry.getKey())[i] = millis(entry.getValue(), calls);
      }
    }
    print(title, times, rounds);
  }

  private static void print(String title, Map<String, double[]> times, int rounds) {
    List<double[]> all = new ArrayList<>(times.values());
    int[] calm =
        IntStream.range(0, rounds)
            .filter(i -> all.stream().allMatch(t -> t[i] <= DISTURBED * min(t)))
            .toArray();
    System.out.printf("%n%s; %d of %d rounds undisturbed%n", title, calm.length, rounds);
    double[] first = all.get(0);
    times.forEach(
        (name, own) ->
            System.out.printf(
                "%-16s median %8.2f ms, best %8.2f ms; %.2f times as fast (best to best %.2f)%n",
                name,
                median(Arrays.stream(calm).mapToDouble(i -> own[i]).toArray()),
                min(own),
                median(Arrays.stream(calm).mapToDouble(i -> first[i] / own[i]).toArray()),
                min(first) / min(own)));
  }

  private static double millis(Contender contender, int calls) throws Exception {
    Thread.sleep(PAUSE_MILLIS);
    contender.run();
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      contender.run();
    }
    return (System.nanoTime() - start) / 1e6 / calls;
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElse(Double.NaN);
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
