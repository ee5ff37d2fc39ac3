// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.report.Confusions;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.report.Predictions;
import io.github.djlstitch.report.Predictions.Ranked;
import io.github.djlstitch.zoo.StitchedClassifier;
import io.github.djlstitch.zoo.internal.data.CutTexts;
import io.github.djlstitch.zoo.internal.data.InputRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Classifies rows in blocks and prints them in their order, each block as soon as it is done. */
final class PredictionStream<I> {
  private static final int BLOCK = 512;

  private final StitchedClassifier<I> classifier;
  private final Predictions predictions;
  private final Predictions.Form form;
  private final int top;
  private final Console console;
  private final long total;
  private final Confusions confusions;
  private final List<InputRow<I>> block = new ArrayList<>();
  private long done;
  private long skipped;

  PredictionStream(
      StitchedClassifier<I> classifier,
      Predictions.Form form,
      int top,
      Console console,
      long total) {
    this.classifier = classifier;
    this.form = form;
    this.top = top;
    this.console = console;
    this.total = total;
    this.predictions = new Predictions(form, top);
    this.confusions = new Confusions(classifier.classes());
  }

  void accept(InputRow<I> row) {
    block.add(row);
    if (block.size() == BLOCK) {
      flush();
    }
  }

  private void flush() {
    List<I> inputs = block.stream().map(InputRow::input).filter(Objects::nonNull).toList();
    FloatMatrix shares = classifier.probabilities(inputs); // (N, C)
    var text = new StringBuilder();
    int next = 0;
    for (InputRow<I> row : block) {
      List<Ranked> ranked = row.input() == null ? List.of() : ranked(shares.row(next));
      if (row.input() == null) {
        skipped++;
      } else {
        count(row, shares.row(next++));
      }
      text.append(predictions.next(columns(row), ranked));
    }
    done += block.size();
    block.clear();
    console.print(text.toString());
    console.at("predict", done, Math.max(total, done + (total == 0 ? 1 : 0)));
  }

  private void count(InputRow<I> row, float[] shares) {
    if (row.label() != null) {
      confusions.add(row.label(), best(shares).get(0));
    }
  }

  private List<Ranked> ranked(float[] shares) {
    return best(shares).stream()
        .limit(top)
        .map(i -> new Ranked(classifier.classes().get(i), shares[i]))
        .toList();
  }

  private static List<Integer> best(float[] shares) {
    return IntStream.range(0, shares.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -shares[i]))
        .toList();
  }

  private static List<Predictions.Column> columns(InputRow<?> row) {
    return row.columns().stream()
        .map(c -> new Predictions.Column(c.name(), c.value(), c.json()))
        .toList();
  }

  void end() {
    if (!block.isEmpty()) {
      flush();
    }
    console.clearBar();
    String compared = confusions.text();
    if (form == Predictions.Form.TABLE) {
      console.print(compared);
    } else if (!compared.isEmpty()) {
      console.say(compared.strip());
    }
    if (skipped > 0) {
      console.warn(skipped + " rows have no text and got no prediction");
    }
    if (classifier.truncated() > 0) {
      console.warn(CutTexts.remark(classifier.encoder().id(), classifier.truncated()));
    }
  }
}
