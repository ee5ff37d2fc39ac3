// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Sha256;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The origin of a latent space.
 *
 * @param encoder name of the encoder
 * @param encoderSha256 digest of everything that decides its vectors
 * @param dataset name of the data set
 * @param datasetSha256 digest of its samples
 * @param split {@code train}, {@code test} or {@code all}
 * @param software version of this library, engine and platform
 * @param relative of relative vectors, what they are relative to; empty for the encoder's own
 */
public record Provenance(
    String encoder,
    String encoderSha256,
    String dataset,
    String datasetSha256,
    String split,
    String software,
    Optional<Relative> relative) {
  private static final String RELATIVE = "relative";

  /** Of vectors as the encoder gave them. */
  public Provenance(
      String encoder,
      String encoderSha256,
      String dataset,
      String datasetSha256,
      String split,
      String software) {
    this(encoder, encoderSha256, dataset, datasetSha256, split, software, Optional.empty());
  }

  /**
   * The anchors of relative vectors, one a column unless the settings say otherwise, and how the
   * samples were compared with them.
   *
   * @param anchors in the order of the columns
   * @param dataset name of the data set that the anchors are samples of
   * @param datasetSha256 digest of its samples
   * @param settings of the comparison by name, for example {@code similarity} and {@code center}
   */
  public record Relative(
      Anchors anchors, String dataset, String datasetSha256, Map<String, String> settings) {
    /** Takes a copy of the settings, sorted by name. */
    public Relative {
      settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    private JsonObject toJson() {
      JsonObject named = new JsonObject();
      settings.forEach(named::addProperty);
      JsonObject json = new JsonObject();
      json.add("settings", named);
      json.addProperty("dataset", dataset);
      json.addProperty("dataset_sha256", datasetSha256);
      json.add("anchors", anchors.toJson());
      return json;
    }

    private static Relative read(JsonCard card) {
      return new Relative(
          Anchors.read(card.card("anchors")),
          card.text("dataset"),
          card.text("dataset_sha256"),
          card.textsByName("settings"));
    }

    private String sha256() {
      var digest = Sha256.builder().add(anchors.sha256()).add(datasetSha256);
      settings.forEach((name, value) -> digest.add(name).add(value));
      return digest.hex();
    }
  }

  /** The same samples by the same encoder, relative to anchors. */
  public Provenance relativeTo(Relative anchors) {
    return new Provenance(
        encoder, encoderSha256, dataset, datasetSha256, split, software, Optional.of(anchors));
  }

  /** The fields as they stand in the files of spaces, cards and heads. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("encoder", encoder);
    json.addProperty("encoder_sha256", encoderSha256);
    json.addProperty("dataset", dataset);
    json.addProperty("dataset_sha256", datasetSha256);
    json.addProperty("split", split);
    json.addProperty("software", software);
    relative.ifPresent(known -> json.add(RELATIVE, known.toJson()));
    return json;
  }

  /** Reads the fields of {@link #toJson}. */
  public static Provenance read(JsonCard card) {
    return new Provenance(
        card.text("encoder"),
        card.text("encoder_sha256"),
        card.text("dataset"),
        card.text("dataset_sha256"),
        card.text("split"),
        card.text("software"),
        card.has(RELATIVE) ? Optional.of(Relative.read(card.card(RELATIVE))) : Optional.empty());
  }

  /** Names the vectors: equal keys mean equal vectors. The software is left out. */
  public String key() {
    var digest = Sha256.builder().add(encoderSha256).add(datasetSha256).add(split);
    relative.ifPresent(known -> digest.add(known.sha256()));
    return digest.hex();
  }
}
