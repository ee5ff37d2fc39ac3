// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.measure.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Says how predictions compare with known labels: scores, and which classes are confused. */
public final class Confusions {
  private static final int MOST_COLUMNS = 7;
  private static final int MOST_LINES = 12;
  private static final int NAME = 14;
  private static final int CELL = 8;

  private final List<String> classes;
  private final List<Integer> expected = new ArrayList<>();
  private final List<Integer> predicted = new ArrayList<>();
  private int unknown;

  /** Of a head's classes. */
  public Confusions(List<String> classes) {
    this.classes = classes;
  }

  /** Adds a prediction; a label that is no class of the head is counted apart. */
  public void add(String label, int answer) {
    int index = classes.indexOf(label);
    if (index < 0) {
      unknown++;
    } else {
      expected.add(index);
      predicted.add(answer);
    }
  }

  /** Lines for people; empty if no label was known. */
  public String text() {
    var text = new StringBuilder();
    if (!expected.isEmpty()) {
      text.append('\n').append(scores());
      text.append(classes.size() <= MOST_COLUMNS ? matrix() : most());
    }
    if (unknown > 0) {
      text.append(
          String.format("%d labels are no class of the head and were not counted\n", unknown));
    }
    return text.toString();
  }

  private String scores() {
    int[] truth = array(expected);
    int[] answers = array(predicted);
    return String.format(
        Locale.ROOT,
        "%d labels: accuracy %.3f, macro F1 %.3f, weighted F1 %.3f\n\n",
        truth.length,
        Metric.ACCURACY.of(truth, answers, classes.size()),
        Metric.F1_MACRO.of(truth, answers, classes.size()),
        Metric.F1_WEIGHTED.of(truth, answers, classes.size()));
  }

  private String matrix() {
    int[][] counts = counts();
    var text = new StringBuilder(row("true \\ said", classes));
    for (int i = 0; i < counts.length; i++) {
      List<String> cells = Arrays.stream(counts[i]).mapToObj(Integer::toString).toList();
      text.append(row(classes.get(i), cells));
    }
    return text.toString();
  }

  private static String row(String name, List<String> cells) {
    var line = new StringBuilder(String.format("%-" + NAME + "s", cut(name, NAME)));
    cells.forEach(cell -> line.append(String.format(" %" + CELL + "s", cut(cell, CELL))));
    return line.append('\n').toString();
  }

  // A matrix of many classes is wider than any screen.
  private String most() {
    int[][] counts = counts();
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        if (i != j && counts[i][j] > 0) {
          pairs.add(new int[] {i, j, counts[i][j]});
        }
      }
    }
    pairs.sort(Comparator.comparingInt(pair -> -pair[2]));
    var text = new StringBuilder(pairs.isEmpty() ? "" : "most confused\n");
    for (int[] pair : pairs.subList(0, Math.min(MOST_LINES, pairs.size()))) {
      text.append(
          String.format(
              "%6d  %s, said to be %s\n",
              pair[2], Printable.line(classes.get(pair[0])), Printable.line(classes.get(pair[1]))));
    }
    return text.toString();
  }

  private int[][] counts() {
    int[][] counts = new int[classes.size()][classes.size()];
    IntStream.range(0, expected.size()).forEach(i -> counts[expected.get(i)][predicted.get(i)]++);
    return counts;
  }

  private static String cut(String text, int width) {
    String plain = Printable.line(text);
    return plain.length() <= width ? plain : plain.substring(0, width - 2) + "..";
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(n -> n).toArray();
  }
}
