// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.BridgeMethod.Pairs;
import io.github.djlstitch.core.migrate.Judgments;
import io.github.djlstitch.core.migrate.MigrationStudy.Queries;
import io.github.djlstitch.core.migrate.SpaceId;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.github.djlstitch.indexes.JudgmentsFile;
import io.github.djlstitch.indexes.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The old and the new encoder on all that a plan asks of them. Not thread-safe.
 *
 * @param texts of the old index
 * @param old the encoder that made it; absent if it cannot be run any more
 * @param fresh the encoder to change to
 */
record EncoderChange(RowTexts texts, Optional<String> old, String fresh) {
  private static final int SPAN_WORDS = 12;
  private static final int COMPARED = 50;

  /**
   * Judged queries by both encoders.
   *
   * @throws StitchException (bad input) if none is judged with an answer
   */
  Queries queries(Path file, Path qrels) {
    Judgments known = JudgmentsFile.read(qrels);
    Map<String, String> all = new LinkedHashMap<>(new TextFile(file).all());
    all.keySet().retainAll(known.answerable());
    if (all.isEmpty()) {
      throw StitchException.badInput(
          "no query of '%s' is judged with an answer in '%s'; check that their ids are the same",
          file, qrels);
    }
    List<String> asked = List.copyOf(all.values());
    return new Queries(
        List.copyOf(all.keySet()),
        old.map(name -> texts.encode(name, Role.QUERY, asked, "queries")),
        texts.encode(fresh, Role.QUERY, asked, "queries"),
        known);
  }

  /** Stored texts by the new encoder. */
  FloatMatrix again(long[] rows) {
    return texts.documents(fresh, rows);
  }

  /**
   * Short spans of the sample's texts as both encoders see queries, from the new into the old;
   * absent for fewer than two, or without the old encoder.
   */
  Optional<Pairs> spans(long[] sample, int count, long seed) {
    if (count < 2) {
      return Optional.empty();
    }
    List<String> cut = spans(texts.of(Arrays.copyOf(sample, Math.min(count, sample.length))), seed);
    return old.map(
        name ->
            new Pairs(
                texts.encode(fresh, Role.QUERY, cut, "spans"),
                texts.encode(name, Role.QUERY, cut, "spans")));
  }

  private static List<String> spans(List<String> whole, long seed) {
    var random = new Random(seed);
    List<String> cut = new ArrayList<>();
    for (String text : whole) {
      String[] words = text.trim().split("\\s+");
      int from = random.nextInt(Math.max(1, words.length - SPAN_WORDS + 1));
      int to = Math.min(words.length, from + SPAN_WORDS);
      cut.add(String.join(" ", Arrays.copyOfRange(words, from, to)));
    }
    return cut;
  }

  /**
   * Refuses an index whose rows are not what the old encoder gives for their texts.
   *
   * @param sample rows of the index, of which some are encoded again
   */
  void requireOld(long[] sample) {
    if (old.isEmpty()) {
      return;
    }
    double[] cosines =
        texts.cosines(old.get(), Arrays.copyOf(sample, Math.min(COMPARED, sample.length)));
    Arrays.sort(cosines);
    double median = cosines[cosines.length / 2];
    if (median < RowTexts.SAME) {
      throw StitchException.badInput(
          "'%s' does not give the index's vectors for its texts: half of %d have a cosine below"
              + " %s, expected %s or more; name the encoder that made it, check --texts, and give"
              + " the prefix of its documents with --old-prefix",
          old.get(), cosines.length, String.format(Locale.ROOT, "%.3f", median), RowTexts.SAME);
    }
  }

  /**
   * The space of the old index.
   *
   * @param index names it where the encoder is gone
   */
  SpaceId from(String index) {
    return old.map(name -> new SpaceId(name, texts.sha256(name)))
        .orElseGet(() -> SpaceId.gone(index));
  }

  /** The space of the new encoder's documents. */
  SpaceId to() {
    return new SpaceId(fresh, texts.sha256(fresh));
  }
}
