// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.encoder;

import io.github.djlstitch.core.internal.engine.CoreThreads;
import io.github.djlstitch.encoders.internal.text.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Divides texts into forward passes. */
final class TextBatches {
  // Products of few rows take other ways through the kernels of some instruction sets. From this
  // many on, each row has the same bits in any company: tests look at that on all of them.
  private static final int LEAST_TOKENS = 128;

  private TextBatches() {}

  /**
   * One forward pass.
   *
   * @param rows numbers of the texts, the longest first
   * @param size how many texts are read, at least as many as there are rows; those beyond them are
   *     copies of the first
   */
  record TextBatch(List<Integer> rows, int size) {}

  /**
   * Batches of similar length, of the same size, the longest texts first: those that come last are
   * short, so no core waits long for another.
   *
   * @param most texts in one batch
   * @param shared true if batches are shared out among cores
   */
  static List<TextBatch> ofSimilarLength(List<Tokens> texts, int most, boolean shared) {
    int least = (texts.size() + most - 1) / most;
    return divided(byLength(texts), shared ? CoreThreads.parts(least) : least);
  }

  /**
   * Batches without padding, none with so few tokens that small products are computed otherwise: a
   * text's vector depends on nothing but the text.
   *
   * @param most texts in one batch, if that is enough
   */
  static List<TextBatch> ofEqualLength(List<Tokens> texts, int most) {
    List<Integer> rows = byLength(texts);
    List<TextBatch> batches = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= rows.size(); to++) {
      int length = texts.get(rows.get(from)).length();
      if (to == rows.size() || texts.get(rows.get(to)).length() != length) {
        int least = (LEAST_TOKENS + length - 1) / length;
        int parts = (to - from + Math.max(most, least) - 1) / Math.max(most, least);
        divided(rows.subList(from, to), parts).stream()
            .map(batch -> new TextBatch(batch.rows(), Math.max(batch.size(), least)))
            .forEach(batches::add);
        from = to;
      }
    }
    return batches;
  }

  private static List<Integer> byLength(List<Tokens> texts) {
    return IntStream.range(0, texts.size())
        .boxed()
        .sorted(Comparator.comparingInt((Integer i) -> -texts.get(i).length()))
        .toList();
  }

  private static List<TextBatch> divided(List<Integer> rows, int parts) {
    int size = parts == 0 ? 0 : (rows.size() + parts - 1) / parts;
    List<TextBatch> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += size) {
      List<Integer> batch = rows.subList(from, Math.min(from + size, rows.size()));
      batches.add(new TextBatch(batch, batch.size()));
    }
    return batches;
  }
}
