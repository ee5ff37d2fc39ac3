// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import io.github.djlstitch.core.internal.time.Stage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The time of a command from the start of the process, by what took it: Java and the command line,
 * each stage that the work went through, and the rest.
 */
public final class TimeSplit {
  private static final double LEAST = .005;

  private final Instant process;
  private final Instant command;
  private final Map<Stage, Double> before = new EnumMap<>(Stage.class);

  TimeSplit(Instant process, Instant command) {
    this.process = process;
    this.command = command;
    for (Stage stage : Stage.values()) {
      before.put(stage, stage.seconds());
    }
  }

  /** A split whose command begins now, of this process. */
  public static TimeSplit begin() {
    // The system's own start of a process is off by most of a second on virtual machines.
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    return new TimeSplit(Instant.ofEpochMilli(start), Instant.now());
  }

  /** One line, of a command that ends now. */
  public String line() {
    return line(Instant.now());
  }

  String line(Instant end) {
    double whole = seconds(process, end);
    double rest = seconds(command, end);
    List<String> parts = new ArrayList<>();
    add(parts, "start", whole - rest);
    for (Stage stage : Stage.values()) {
      double taken = stage.seconds() - before.getOrDefault(stage, 0.0);
      add(parts, stage.title(), taken);
      rest -= taken;
    }
    add(parts, "the rest", rest);
    return String.format(Locale.ROOT, "time: %.2f s: %s", whole, String.join(", ", parts));
  }

  // Threads at once may add up to more than there was, and then nothing is left.
  private static void add(List<String> parts, String title, double seconds) {
    if (seconds >= LEAST) {
      parts.add(String.format(Locale.ROOT, "%s %.2f", title, seconds));
    }
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
