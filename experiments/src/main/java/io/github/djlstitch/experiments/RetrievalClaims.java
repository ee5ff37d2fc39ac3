// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.experiments.RetrievalStudy.Direction;
import io.github.djlstitch.report.Section.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Claims of the paper about tables 1 and 8, with our numbers. */
final class RetrievalClaims {
  private static final double NOTHING = .05; // the paper's 0.00 and .01

  private static final int OFTEN = 10;

  private RetrievalClaims() {}

  /** Claims of measured directions, the first relative way of each against the absolute one. */
  static List<Claim> of(List<Direction> found) {
    List<Claim> claims = new ArrayList<>();
    List<Direction> absolute =
        found.stream()
            .filter(d -> d.way().equals(RetrievalStudy.ABSOLUTE) && !d.trials().isEmpty())
            .toList();
    if (!absolute.isEmpty()) {
      double jaccard = absolute.stream().mapToDouble(Direction::jaccard).max().orElseThrow();
      double mrr = absolute.stream().mapToDouble(Direction::mrr).max().orElseThrow();
      claims.add(
          claim(
              "absolute spaces have nothing in common (the paper: Jaccard 0, MRR 0): Jaccard at"
                  + " most %.3f, MRR at most %.3f",
              jaccard < NOTHING && mrr < NOTHING, jaccard, mrr));
    }
    for (Direction direction : found) {
      if (direction.way().equals(AnchorStrategy.UNIFORM.id())) {
        claims.add(better(direction, absolute));
      }
    }
    return claims;
  }

  private static Claim better(Direction relative, List<Direction> absolute) {
    String pair = relative.source() + " -> " + relative.target();
    return absolute.stream()
        .filter(d -> pair.equals(d.source() + " -> " + d.target()))
        .findFirst()
        .map(before -> thanAbsolute(pair, relative.mrr(), before.mrr()))
        .orElseGet(() -> thanChance(pair, relative));
  }

  private static Claim thanAbsolute(String pair, double after, double before) {
    return claim(
        pair.replace("%", "%%")
            + ": the sample itself is found far more often in relative spaces: MRR %.3f against"
            + " %.3f in absolute ones",
        after > before + NOTHING,
        after,
        before);
  }

  private static Claim thanChance(String pair, Direction relative) {
    return claim(
        pair.replace("%", "%%")
            + ": the sample itself is found at least %d times as often as by chance in relative"
            + " spaces (absolute ones differ in width): MRR %.4f against %.4f",
        relative.mrr() >= OFTEN * relative.chance(),
        OFTEN,
        relative.mrr(),
        relative.chance());
  }

  private static Claim claim(String statement, boolean holds, Object... numbers) {
    return new Claim(String.format(Locale.ROOT, statement, numbers), holds);
  }
}
