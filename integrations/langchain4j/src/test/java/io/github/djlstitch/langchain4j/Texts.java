// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import java.util.List;
import java.util.stream.IntStream;

/** Sentences that differ in what they are about. */
final class Texts {
  private static final List<String> WHO =
      List.of("a cat", "the pilot", "my doctor", "an old ship", "the bank", "a young wolf");
  private static final List<String> DID =
      List.of("sleeps in", "flew over", "was lost near", "bought", "painted", "was born in");
  private static final List<String> WHAT =
      List.of("the garden", "a cold city", "the harbor", "an airport", "a school", "the desert");
  private static final List<String> WHEN =
      List.of("at night", "in spring", "last year", "twice", "for money", "without a map");

  private Texts() {}

  static List<String> some(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i * 7)
        .map(
            i ->
                String.join(
                    " ",
                    WHO.get(i % 6),
                    DID.get(i / 6 % 6),
                    WHAT.get(i / 36 % 6),
                    WHEN.get(i / 216 % 6)))
        .toList();
  }
}
