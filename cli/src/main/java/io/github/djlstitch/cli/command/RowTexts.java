// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.measure.RowCosines;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.github.djlstitch.indexes.TextFile;
import io.github.djlstitch.indexes.VectorSource;
import io.github.djlstitch.indexes.migrate.IndexRows;
import io.github.djlstitch.zoo.ModelZoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of an index and encoders on them. An encoder is open only while it encodes, as two at a
 * time may be too large.
 */
final class RowTexts {
  /** Cosine to the stored vector from which on a text counts as encoded by the same encoder. */
  static final double SAME = .98; // int8 copies are above it, another prefix is below

  private static final int CHUNK = 256;

  private final ModelZoo zoo;
  private final IndexRows rows;
  private final @Nullable TextFile texts;
  private final Map<String, String> prefixes;
  private final Progress progress;

  private RowTexts(
      ModelZoo zoo,
      IndexRows rows,
      @Nullable TextFile texts,
      Map<String, String> prefixes,
      Progress progress) {
    this.zoo = zoo;
    this.rows = rows;
    this.texts = texts;
    this.prefixes = prefixes;
    this.progress = progress;
  }

  /**
   * The texts of an index, its own or those of a file.
   *
   * @param prefixes by encoder, put before documents in place of its own prefix for them
   * @throws StitchException (usage) if there are none
   */
  static RowTexts of(
      ModelZoo zoo,
      VectorSource source,
      @Nullable Path file,
      Map<String, String> prefixes,
      Progress progress) {
    if (file == null && !source.hasTexts()) {
      throw StitchException.usage("'%s' keeps no texts; give them with --texts", source.address());
    }
    @Nullable TextFile texts = file == null ? null : new TextFile(file);
    return new RowTexts(zoo, IndexRows.of(source), texts, prefixes, progress);
  }

  /** The texts of some rows. */
  List<String> of(long[] wanted) {
    return texts == null ? rows.texts(wanted) : texts.of(rows.ids(wanted));
  }

  /** The texts of some rows as an encoder sees documents. */
  FloatMatrix documents(String encoder, long[] wanted) {
    return encode(encoder, Role.DOCUMENT, of(wanted), "documents");
  }

  /**
   * Cosines of the stored vectors of some rows with what an encoder gives for their texts.
   *
   * @throws StitchException (bad input) if it gives vectors of another width
   */
  double[] cosines(String encoder, long[] wanted) {
    FloatMatrix stored = rows.select(wanted);
    FloatMatrix made = documents(encoder, wanted);
    if (stored.columns() != made.columns()) {
      throw StitchException.badInput(
          "the index has vectors %d wide but '%s' gives %d; name the encoder that made it",
          stored.columns(), encoder, made.columns());
    }
    return RowCosines.of(stored, made);
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

  /** Everything that decides an encoder's vectors of documents. */
  String sha256(String name) {
    try (Encoder<String> encoder = open(name, Role.DOCUMENT)) {
      return encoder.sha256();
    }
  }

  private Encoder<String> open(String name, Role role) {
    @Nullable String prefix = role == Role.DOCUMENT ? prefixes.get(name) : null;
    return zoo.reading(how -> prefix == null ? how.withRole(role) : how.withPrefix(prefix))
        .encoder(name);
  }
}
