// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Numbers along a line of pixels.
 *
 * @param low number at {@code from}
 * @param high number at {@code to}
 * @param from pixel of the lowest number
 * @param to pixel of the highest
 * @param logarithmic whether equal ratios are equally far
 */
record Axis(double low, double high, double from, double to, boolean logarithmic) {
  private static final double[] STEPS = {1, 2, 5, 10};
  private static final double HUGE = 1e5;
  private static final double TINY = 1e-4;

  // Beyond this, differences and ratios are no numbers any more.
  private static final double LARGEST = 1e150;

  /** A tick. */
  record Tick(double value, double place, String text) {}

  /** An axis of all finite values with some room at its ends. */
  static Axis around(DoubleStream values, double room, double from, double to) {
    double[] finite = values.filter(v -> Math.abs(v) <= LARGEST).toArray();
    double low = DoubleStream.of(finite).min().orElse(0);
    double high = DoubleStream.of(finite).max().orElse(1);
    boolean apart = high - low > Math.ulp(Math.max(Math.abs(low), Math.abs(high))) * 16;
    double pad = apart ? (high - low) * room : Math.max(Math.abs(high) * 0.1, 0.5);
    return new Axis(low - pad, high + pad, from, to, false);
  }

  /** A logarithmic axis of all positive values with some room at its ends. */
  static Axis ratios(DoubleStream values, double from, double to) {
    double[] positive = values.filter(v -> v > 1 / LARGEST && v <= LARGEST).toArray();
    double low = DoubleStream.of(positive).min().orElse(1);
    double high = DoubleStream.of(positive).max().orElse(10);
    double room = low < high ? Math.pow(high / low, 0.04) : 2;
    return new Axis(low / room, high * room, from, to, true);
  }

  /** The pixel of a number. */
  double place(double value) {
    double part =
        logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return from + part * (to - from);
  }

  /** Tells if a number can be shown. */
  boolean shows(double value) {
    return Math.abs(value) <= LARGEST && (!logarithmic || value > 1 / LARGEST);
  }

  /** At most so many ticks at round numbers. */
  List<Tick> ticks(int most) {
    double raw = (high - low) / most;
    double unit = Math.pow(10, Math.floor(Math.log10(raw)));
    double step =
        DoubleStream.of(STEPS)
            .map(s -> s * unit)
            .filter(s -> s >= raw * (1 - 1e-9))
            .findFirst()
            .orElse(unit * 10);
    List<Tick> ticks = new ArrayList<>();
    for (double k = Math.ceil(low / step - 1e-9);
        k * step <= high + step * 1e-9 && ticks.size() <= most + 1;
        k++) {
      double value = k * step;
      ticks.add(new Tick(value, place(value), text(value, step)));
    }
    return ticks;
  }

  /** Ticks at these numbers, without those that are too near to the one before. */
  List<Tick> ticksAt(List<Double> values, double least) {
    List<Tick> ticks = new ArrayList<>();
    for (double value : values) {
      double place = place(value);
      if (ticks.isEmpty() || Math.abs(place - ticks.get(ticks.size() - 1).place()) >= least) {
        ticks.add(new Tick(value, place, number(value)));
      }
    }
    return ticks;
  }

  /** 1, 2 and 5 times powers of ten that are on a logarithmic axis. */
  List<Double> decades() {
    List<Double> values = new ArrayList<>();
    for (double e = Math.floor(Math.log10(low)); e <= Math.log10(high); e++) {
      double unit = Math.pow(10, e);
      DoubleStream.of(1, 2, 5)
          .map(s -> s * unit)
          .filter(v -> v >= low && v <= high)
          .forEach(values::add);
    }
    return values;
  }

  private static String text(double value, double step) {
    if (Math.abs(value) >= HUGE || step < TINY) {
      return Math.abs(value) < step / 2 ? "0" : String.format(Locale.ROOT, "%.3g", value);
    }
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + digits + "f", value + 0.0);
  }

  /** A number with as few digits as it needs, four at most. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < HUGE * 100) {
      return Long.toString((long) value);
    }
    boolean plain = Math.abs(value) < HUGE && Math.abs(value) >= 1e-3;
    String text = String.format(Locale.ROOT, plain ? "%.4g" : "%.3e", value);
    return plain && text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
