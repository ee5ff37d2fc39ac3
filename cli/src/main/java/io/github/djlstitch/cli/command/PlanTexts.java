// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.BridgeMethod.Pairs;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.github.djlstitch.indexes.migrate.IndexRows;
import io.github.djlstitch.indexes.migrate.TextFile;
import io.github.djlstitch.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a plan and both encoders on them. An encoder is open only while it encodes, as two
 * at a time may be too large.
 */
final class PlanTexts {
  private static final int CHUNK = 256;
  private static final int SPAN_WORDS = 12;
  private static final int COMPARED = 50;
  private static final double SAME = .98; // int8 copies are above it, another prefix is below

  private final ModelZoo zoo;
  private final IndexRows rows;
  private final Optional<TextFile> texts;
  private final Map<String, String> prefixes;
  private final Progress progress;

  /**
   * Encoders put their prefix of the role before each text, but before documents one given here.
   */
  PlanTexts(
      ModelZoo zoo,
      IndexRows rows,
      Optional<TextFile> texts,
      Map<String, String> prefixes,
      Progress progress) {
    this.zoo = zoo;
    this.rows = rows;
    this.texts = texts;
    this.prefixes = prefixes;
    this.progress = progress;
  }

  /** The texts of some rows. */
  List<String> of(long[] wanted) {
    return texts.map(file -> file.of(rows.ids(wanted))).orElseGet(() -> rows.texts(wanted));
  }

  /** The texts of some rows as an encoder sees documents. */
  FloatMatrix documents(String encoder, long[] wanted) {
    return encode(encoder, Role.DOCUMENT, of(wanted), "documents");
  }

  /** Texts as an encoder sees them in that role. */
  FloatMatrix encode(String name, Role role, List<String> inputs, String what) {
    String task = "encode " + what + " with " + name;
    List<FloatMatrix> blocks = new ArrayList<>();
    try (Encoder<String> encoder = open(name, role)) {
      for (int from = 0; from < inputs.size(); from += CHUNK) {
        int to = Math.min(inputs.size(), from + CHUNK);
        blocks.add(encoder.encode(inputs.subList(from, to)));
        progress.at(task, to, inputs.size());
      }
    }
    return FloatMatrix.concatRows(blocks.toArray(FloatMatrix[]::new));
  }

  /** Everything that decides an encoder's vectors in that role. */
  String sha256(String name, Role role) {
    try (Encoder<String> encoder = open(name, role)) {
      return encoder.sha256();
    }
  }

  private Encoder<String> open(String name, Role role) {
    @Nullable String prefix = role == Role.DOCUMENT ? prefixes.get(name) : null;
    return zoo.reading(how -> prefix == null ? how.withRole(role) : how.withPrefix(prefix))
        .encoder(name);
  }

  /** Short spans of the sample's texts as both encoders see queries, from the new into the old. */
  Pairs spans(String old, String fresh, long[] sample, int count, long seed) {
    List<String> cut = spans(of(Arrays.copyOf(sample, Math.min(count, sample.length))), seed);
    return new Pairs(
        encode(fresh, Role.QUERY, cut, "spans"), encode(old, Role.QUERY, cut, "spans"));
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
   * Refuses an index whose rows are not what that encoder gives for their texts.
   *
   * @param sample rows of the index, of which some are encoded again
   */
  void requireEncoder(String old, long[] sample) {
    long[] some = Arrays.copyOf(sample, Math.min(COMPARED, sample.length));
    FloatMatrix stored = rows.select(some);
    FloatMatrix made = documents(old, some);
    if (stored.columns() != made.columns()) {
      throw StitchException.badInput(
          "the index has vectors %d wide but '%s' gives %d; name the encoder that made it",
          stored.columns(), old, made.columns());
    }
    double[] cosines = new double[some.length];
    Arrays.setAll(cosines, i -> cosine(stored.row(i), made.row(i)));
    Arrays.sort(cosines);
    double median = cosines[cosines.length / 2];
    if (median < SAME) {
      throw StitchException.badInput(
          "'%s' does not give the index's vectors for its texts: half of %d have a cosine below"
              + " %s; name the encoder that made it, check --texts, and give the prefix of its"
              + " documents with --old-prefix",
          old, some.length, String.format(Locale.ROOT, "%.3f", median));
    }
  }

  static double cosine(float[] a, float[] b) {
    double product = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      x += (double) a[i] * a[i];
      y += (double) b[i] * b[i];
    }
    return product / Math.max(Double.MIN_NORMAL, Math.sqrt(x * y));
  }
}
