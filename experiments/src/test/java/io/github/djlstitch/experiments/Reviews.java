// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

/** Made-up reviews of one to five stars, as a table. */
final class Reviews {
  private static final String[] STARS = {"awful", "poor", "fair", "good", "great"};

  private Reviews() {}

  /**
   * Rows with the ids from {@code from}: train until {@code test}, then test until {@code to}.
   *
   * @param word in every text, as of a language
   */
  static String of(String word, int from, int test, int to) {
    StringBuilder rows = new StringBuilder("id,split,label,text\n");
    for (int i = from; i < to; i++) {
      rows.append(row("r" + i, i < test ? "train" : "test", i % 5, word + " thing " + i));
    }
    return rows.toString();
  }

  static String row(String id, String split, int star, String words) {
    return "%s,%s,%d,%s %s\n".formatted(id, split, star + 1, STARS[star], words);
  }
}
