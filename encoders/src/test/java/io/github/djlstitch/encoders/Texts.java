// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that tokenizers and encoders stumble over, and ordinary ones. */
final class Texts {
  /** Every script and length, and what is hardly text. */
  static final List<String> VARIED =
      List.of(
          "The quick brown fox jumps over the lazy dog.",
          "query: how much protein should a female eat",
          "",
          " ",
          "a",
          "Café naïve 東京 ÅNGSTRÖM — it's 3.14€!",
          "我喜欢在周末去公园散步，然后喝一杯咖啡。",
          "今天的天气很好",
          "東京タワーは高い",
          "نص عربي من اليمين إلى اليسار",
          "שלום עולם",
          "emoji 👩‍👩‍👧 and 🏳️‍🌈 flags 🇪🇸",
          "NUL \u0000 inside",
          "\u0000",
          "lone high \ud83d surrogate",
          "lone low \udc69 surrogate",
          "\ud83d",
          "\udc69\ud83d",
          "tabs\tand\nnewlines\r\n",
          "x\u00a0y\u200bz\ufeff",
          "supercalifragilisticexpialidocious".repeat(5),
          "[CLS] [MASK] [SEP] [PAD]",
          "e\u0301 combined \u0300\u0301\u0302",
          "long ".repeat(600),
          "漢字".repeat(700));

  private Texts() {}

  /** Encodes texts together, in groups and alone, and wants the same bits. */
  static void assertIndependent(TextEncoder encoder) {
    List<String> texts = VARIED.stream().filter(t -> t.length() < 40).toList();
    FloatMatrix together = encoder.encode(texts); // (N, D)
    for (int size : new int[] {1, 7}) {
      for (int from = 0; from < texts.size(); from += size) {
        int to = Math.min(from + size, texts.size());
        FloatMatrix some = encoder.encode(texts.subList(from, to)); // (B, D)
        assertEquals(together.rowRange(from, to), some, size + " texts from " + from);
      }
    }
  }

  /** Texts of 1 to 24 words of one to three pieces. */
  static List<String> random(int count, long seed) {
    Random random = new Random(seed);
    String[] words = {"latent", "space", "stitches", "zero", "shot", "of", "the", "encoder"};
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(24); j >= 0; j--) {
        text.append(words[random.nextInt(words.length)]).append(' ');
      }
      texts.add(text.append(i).toString());
    }
    return texts;
  }
}
