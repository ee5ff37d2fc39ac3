// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.migrate.ForeignVectors;
import io.github.djlstitch.core.migrate.LikeliestCard;
import io.github.djlstitch.core.migrate.RowSample;
import io.github.djlstitch.core.migrate.VectorKinds;
import io.github.djlstitch.core.migrate.VectorPopulation;
import java.util.List;

/**
 * Tells if the vectors of an index are of one encoder. Reads the index once or twice, in blocks;
 * memory does not grow with it. Not thread-safe.
 */
public final class IndexCheck {
  private static final int KINDS = 4000;
  private static final double LARGE_SHARE = .2;
  private static final double EDITED = .01;

  /** Says what was found. */
  public enum Verdict implements Named {
    /** Nothing but one encoder's vectors was found. */
    CLEAN,
    /** Vectors of several encoders. */
    MIXED,
    /** Nothing can be said. */
    NONE
  }

  /** Receives what was found of each row, in order. */
  public interface RowReport {
    /** Ignores the rows. */
    RowReport NONE = (number, id, distance, word) -> {};

    /**
     * Reports a row.
     *
     * @param number from 0
     * @param id its id, or its number
     * @param distance squared, from the card; NaN for a row that is not finite
     * @param word what it is taken for
     */
    void row(long number, String id, double distance, String word);
  }

  private final IndexRows rows;
  private final Progress progress;
  private final RowTally tally = new RowTally();
  private final RowSample sample;

  private IndexCheck(IndexRows rows, long seed, Progress progress) {
    this.rows = rows;
    this.sample = RowSample.of(KINDS, seed);
    this.progress = progress;
  }

  /** Looks at all rows once: counts them and draws some. */
  public static IndexCheck of(IndexRows rows, long seed, Progress progress) {
    var check = new IndexCheck(rows, seed, progress);
    rows.blocks(
        block -> {
          check.tally.add(block);
          check.sample.add(block.vectors());
          progress.at("read the index", check.tally.rows(), check.tally.rows());
        });
    return check;
  }

  /** Plain facts about all rows. */
  public RowTally tally() {
    return tally;
  }

  /** Numbers of some usable rows at random, in ascending order. */
  public long[] some(int most) {
    return sample.some(most);
  }

  /** Tells rows of one kind from rows of two, by themselves. */
  public VectorKinds kinds() {
    FloatMatrix drawn = rows.select(sample.rows());
    return VectorKinds.of(drawn);
  }

  /** Counts the rows that are beyond a card of the index's own data. */
  public ForeignVectors.Finding compare(VectorPopulation card, RowReport report) {
    var counted = ForeignVectors.countedBy(card);
    rows.blocks(
        block -> {
          double[] found = counted.add(block.vectors());
          for (int i = 0; i < found.length; i++) {
            report.row(
                block.first() + i, block.id(i), found[i], word(found[i], counted.threshold()));
          }
          progress.at("compare with the card", block.first() + block.rows(), tally.rows());
        });
    return counted.finding();
  }

  private static String word(double distance, double threshold) {
    if (Double.isNaN(distance)) {
      return "unusable";
    }
    return distance > threshold ? "beyond" : "within";
  }

  /** Assigns the rows to the likeliest of several cards. */
  public LikeliestCard assign(List<VectorPopulation> cards, List<String> names, RowReport report) {
    var assigned = LikeliestCard.of(cards);
    rows.blocks(
        block -> {
          int[] found = assigned.add(block.vectors());
          double[] first = cards.get(0).distances(block.vectors());
          for (int i = 0; i < found.length; i++) {
            String word = found[i] < 0 ? "unusable" : names.get(found[i]);
            report.row(block.first() + i, block.id(i), first[i], word);
          }
          progress.at("compare with the cards", block.first() + block.rows(), tally.rows());
        });
    return assigned;
  }

  /**
   * The verdict by a card that somebody gave: none if so much is beyond it, without a gap in the
   * index, that the card must be of other data.
   */
  public Verdict verdict(ForeignVectors.Finding finding) {
    boolean large = finding.foreign() && finding.share() >= LARGE_SHARE;
    return large && !kinds().two() ? Verdict.NONE : certain(finding);
  }

  /** The verdict by a card of rows that are known to be of the encoder and of this index. */
  public static Verdict certain(ForeignVectors.Finding finding) {
    return finding.foreign() ? Verdict.MIXED : Verdict.CLEAN;
  }

  /**
   * The verdict by texts that were encoded again: mixed if surely more than one in a hundred rows
   * is not what the encoder gives for its text. Fewer may be texts that were edited.
   *
   * @param different rows of which that is so
   * @param encoded all rows that were encoded again, 1 or more
   */
  public static Verdict encoded(int different, int encoded) {
    return ForeignVectors.leastShare(different, encoded) > EDITED ? Verdict.MIXED : Verdict.CLEAN;
  }
}
