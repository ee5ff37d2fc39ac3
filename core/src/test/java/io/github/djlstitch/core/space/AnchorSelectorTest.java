// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class AnchorSelectorTest {
  private static final List<String> IDS = Spaces.ids("s", 100);
  private static final int[] LABELS = IntStream.range(0, 100).map(i -> i % 7 % 3).toArray();

  @ParameterizedTest
  @EnumSource(AnchorSelector.class)
  void anchorsAreDistinctAndTheSeedDecidesThem(AnchorSelector selector) {
    for (int count : new int[] {1, 50, 100}) {
      Anchors anchors = selector.select(IDS, LABELS, count, 5);
      assertEquals(count, new HashSet<>(anchors.ids()).size());
      assertTrue(IDS.containsAll(anchors.ids()));
      assertEquals(anchors, selector.select(IDS, LABELS, count, 5));
      assertNotEquals(anchors.ids(), selector.select(IDS, LABELS, count, 6).ids());
    }
  }

  @ParameterizedTest
  @EnumSource(AnchorSelector.class)
  void whatCannotBeChosenIsRefused(AnchorSelector selector) {
    for (int count : new int[] {0, -1, 101}) {
      refused(
          count + " anchors cannot be chosen among 100 training samples",
          Kind.BAD_INPUT,
          () -> selector.select(IDS, LABELS, count, 0));
    }
  }

  @ParameterizedTest
  @EnumSource(AnchorSelector.class)
  void everySampleIsEquallyLikelyInEveryPlace(AnchorSelector selector) {
    int[] oneClass = new int[10];
    int[][] counts = new int[3][10];
    for (int seed = 0; seed < 2000; seed++) {
      List<String> ids = selector.select(Spaces.ids("", 10), oneClass, 3, seed).ids();
      for (int place = 0; place < 3; place++) {
        counts[place][Integer.parseInt(ids.get(place))]++;
      }
    }
    for (int[] place : counts) {
      double chi = IntStream.of(place).mapToDouble(c -> (c - 200.0) * (c - 200.0) / 200).sum();
      assertTrue(chi < 27.88, "chi-square " + chi); // 9 degrees of freedom, p = .001
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 3 3 3", "10, 4 3 3", "20, 8 7 5", "85, 60 20 5", "2, 1 1 0"})
  void classesShareAnchorsEquallyAsFarAsTheyReach(int count, String expected) {
    int[] labels = IntStream.range(0, 85).map(i -> i < 60 ? 0 : i < 80 ? 1 : 2).toArray();
    int[] found = new int[3];
    AnchorSelector.STRATIFIED
        .select(Spaces.ids("", 85), labels, count, 1)
        .ids()
        .forEach(id -> found[labels[Integer.parseInt(id)]]++);
    assertEquals(expected, found[0] + " " + found[1] + " " + found[2]);
  }

  @Test
  void digestIsThatOfTheIdsInOrder() {
    var anchors = new Anchors(List.of("a", "b"), "uniform", 1);
    assertEquals(2, anchors.count());
    assertEquals(anchors.sha256(), new Anchors(List.of("a", "b"), "top", 2).sha256());
    assertNotEquals(anchors.sha256(), new Anchors(List.of("b", "a"), "uniform", 1).sha256());
    assertNotEquals(anchors.sha256(), new Anchors(List.of("ab"), "uniform", 1).sha256());
  }
}
