// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Safetensors;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.file.Tensor;
import io.github.djlstitch.core.internal.memory.SpaceMemory;
import io.github.djlstitch.core.relative.SpaceCodec.CodecDiagnostics;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A space card on disk: {@code NAME.safetensors} with {@code encode} (D, K), {@code decode} (K, D)
 * and {@code center} (1, D) float32, {@code memory} (N, D) of an automatic codec and the rows that
 * subspaces keep, and {@code NAME.json}, which says what they are, lists the anchors and names the
 * digest of the first file. The second is written last, so a card without a fitting second half is
 * not there.
 */
final class SpaceCardFile {
  private static final String KIND = "space-card";
  private static final String ENCODE = "encode";
  private static final String DECODE = "decode";
  private static final String CENTER = "center";
  private static final String KEPT = "kept"; // how many rows each subspace keeps
  private static final String ROWS = "rows"; // which, one subspace after the other
  private static final String MEMORY = "memory"; // no rows for a linear codec
  private static final Set<String> TENSORS = Set.of(ENCODE, DECODE, CENTER, KEPT, ROWS, MEMORY);

  private SpaceCardFile() {}

  /** Saves a card, all or nothing. */
  static void save(SpaceCard card, Path file) {
    SpaceCodec codec = card.codec();
    List<List<Integer>> kept = codec.spec().subspaces().map(Subspaces::kept).orElse(List.of());
    int[] rows = kept.stream().flatMap(List::stream).mapToInt(row -> row).toArray();
    int[] counts = kept.stream().mapToInt(List::size).toArray();
    SafetensorsWriter.write(
        file,
        Map.of("format", KIND),
        List.of(
            Tensor.of(ENCODE, codec.encoder()),
            Tensor.of(DECODE, codec.decoder()),
            Tensor.of(CENTER, codec.frame().center()),
            Tensor.ints(KEPT, new int[] {counts.length}, counts),
            Tensor.ints(ROWS, new int[] {rows.length}, rows),
            Tensor.of(MEMORY, memory(codec))));
    JsonCard.write(LatentSpace.card(file), describe(card, Sha256.ofInput(file)));
  }

  private static FloatMatrix memory(SpaceCodec codec) {
    return codec
        .memory()
        .map(SpaceMemory::data)
        .orElseGet(() -> FloatMatrix.wrap(0, codec.encoder().rows(), new float[0]));
  }

  private static JsonObject describe(SpaceCard card, String sha256) {
    JsonObject json = new JsonObject();
    json.addProperty("schema", "1");
    json.addProperty("kind", KIND);
    json.add("codec", SpaceCardJson.codec(card.codec()));
    json.add("anchors", card.anchors().toJson());
    json.add("statistics", SpaceCardJson.statistics(card.codec().diagnostics()));
    json.add("provenance", card.provenance().toJson());
    json.addProperty("sha256", sha256);
    return json;
  }

  /** Returns true if the file says that it is a space card; false if it is missing. */
  static boolean isCard(Path file) {
    return Files.isRegularFile(file)
        && Files.isRegularFile(LatentSpace.card(file))
        && JsonCard.read(LatentSpace.card(file)).text("kind").equals(KIND);
  }

  /**
   * Loads a card; its matrices stay in the file.
   *
   * @throws StitchException (verification) if a file is not the one that was written; (bad input)
   *     if either is missing or malformed
   */
  static SpaceCard load(Path file) {
    if (!Files.isRegularFile(file)) {
      throw StitchException.badInput("no space card '%s'; make one with 'stitch card'", file);
    }
    JsonCard json = JsonCard.read(LatentSpace.card(file));
    json.require("kind", KIND);
    json.require("schema", "1");
    json.requireOnly("schema", "kind", "codec", "anchors", "statistics", "provenance", "sha256");
    requireDigest(file, "sha256", json.text("sha256"), Sha256.ofInput(file));
    Safetensors tensors = Safetensors.open(file);
    if (!tensors.names().equals(TENSORS)) {
      throw StitchException.badInput(
          "space card '%s' has the tensors %s, expected %s", file, tensors.names(), TENSORS);
    }
    Anchors anchors = anchors(file, json.card("anchors"));
    return new SpaceCard(
        codec(file, tensors, json, anchors.count()),
        anchors,
        Provenance.read(json.card("provenance")));
  }

  private static Anchors anchors(Path file, JsonCard json) {
    Anchors anchors = Anchors.read(json);
    requireDigest(file, "anchors.sha256", json.text("sha256"), anchors.sha256());
    if (json.integer("count") != anchors.count()) {
      throw StitchException.badInput(
          "space card '%s' lists %d anchors but says %d",
          file, anchors.count(), json.integer("count"));
    }
    return anchors;
  }

  private static SpaceCodec codec(Path file, Safetensors tensors, JsonCard json, int anchors) {
    FloatMatrix encode = finite(file, tensors, ENCODE); // (D, K)
    FloatMatrix decode = finite(file, tensors, DECODE); // (K, D)
    FloatMatrix center = finite(file, tensors, CENTER); // (1, D)
    if (center.rows() != 1
        || center.columns() != encode.rows()
        || decode.columns() != encode.rows()
        || decode.rows() != encode.columns()) {
      throw StitchException.badInput(
          "space card '%s' has encode %s, decode %s and centre %s, which do not go together",
          file, encode, decode, center);
    }
    JsonCard described = json.card("codec");
    CodecSpec spec = SpaceCardJson.codec(described, delta -> subspaces(tensors, anchors, delta));
    Map<String, Double> numbers = described.numbers(SpaceCardJson.OPTIONS);
    CodecDiagnostics diagnostics =
        SpaceCardJson.statistics(json.card("statistics"), anchors, spec.subspaces());
    var frame = Standardization.at(center, true);
    var linear = SpaceCodec.of(spec, numbers, frame, encode, decode, diagnostics);
    FloatMatrix data = memory(file, tensors, linear); // (N, D)
    return data.rows() == 0
        ? linear
        : linear.remembering(new SpaceMemory(data, SpaceCardJson.sharpness(linear)));
  }

  private static FloatMatrix memory(Path file, Safetensors tensors, SpaceCodec codec) {
    FloatMatrix data = finite(file, tensors, MEMORY); // (N, D)
    boolean automatic = codec.spec().kind() == CodecSpec.Kind.AUTO;
    if (automatic == (data.rows() == 0) || data.columns() != codec.frame().width()) {
      throw StitchException.badInput(
          "space card '%s' has the memory %s, expected %s rows of %d for the codec '%s'",
          file, data, automatic ? "one or more" : "no", codec.frame().width(), codec.spec().name());
    }
    return data;
  }

  private static FloatMatrix finite(Path file, Safetensors tensors, String name) {
    FloatMatrix matrix = tensors.matrix(name);
    matrix
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "space card '%s': row %d of '%s' has a value that is not finite; make the card"
                      + " again",
                  file, row, name);
            });
    return matrix;
  }

  private static Optional<Subspaces> subspaces(Safetensors tensors, int anchors, double delta) {
    int[] rows = tensors.ints(ROWS);
    List<List<Integer>> kept = new ArrayList<>();
    int from = 0;
    for (int count : tensors.ints(KEPT)) {
      if (count < 0 || count > rows.length - from) {
        throw StitchException.badInput("a subspace keeps %d of %d rows", count, rows.length - from);
      }
      kept.add(Arrays.stream(rows, from, from + count).boxed().toList());
      from += count;
    }
    return kept.isEmpty() ? Optional.empty() : Optional.of(new Subspaces(anchors, delta, kept));
  }

  private static void requireDigest(Path file, String field, String expected, String found) {
    if (!found.equals(expected)) {
      throw StitchException.verification(
          "'%s' has %s %.12s but its card says %.12s; make the card again",
          file, field, found, expected);
    }
  }
}
