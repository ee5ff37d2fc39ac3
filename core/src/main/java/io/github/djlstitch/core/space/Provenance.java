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
 * @param prefix that was asked for before every text; empty for the encoder's usual one
 */
public record Provenance(
    String encoder,
    String encoderSha256,
    String dataset,
    String datasetSha256,
    String split,
    String software,
    Optional<Relative> relative,
    Optional<Prefix> prefix) {
  private static final String RELATIVE = "relative";
  private static final String PREFIX = "prefix";

  /** Of vectors as the encoder gave them. */
  public Provenance(
      String encoder,
      String encoderSha256,
      String dataset,
      String datasetSha256,
      String split,
      String software) {
    this(
        encoder,
        encoderSha256,
        dataset,
        datasetSha256,
        split,
        software,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The text that was put before every text.
   *
   * @param text the prefix; may be empty
   * @param encoderSha256 digest of the same encoder with its usual prefix: of one network, however
   *     its texts begin
   */
  public record Prefix(String text, String encoderSha256) {
    private JsonObject toJson() {
      JsonObject json = new JsonObject();
      json.addProperty("text", text);
      json.addProperty("encoder_sha256", encoderSha256);
      return json;
    }

    private static Prefix read(JsonCard card) {
      return new Prefix(card.text("text"), card.text("encoder_sha256"));
    }
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
        encoder,
        encoderSha256,
        dataset,
        datasetSha256,
        split,
        software,
        Optional.of(anchors),
        prefix);
  }

  /** The same vectors, whose texts began so. */
  public Provenance prefixed(Prefix asked) {
    return new Provenance(
        encoder,
        encoderSha256,
        dataset,
        datasetSha256,
        split,
        software,
        relative,
        Optional.of(asked));
  }

  /**
   * Returns true if the same network made both, whatever stood before the texts: the vectors of
   * queries and those of documents differ by their prefixes, but one map carries both.
   */
  public boolean sameNetwork(Provenance other) {
    return network().equals(other.network());
  }

  private String network() {
    return prefix.map(Prefix::encoderSha256).orElse(encoderSha256);
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
    prefix.ifPresent(known -> json.add(PREFIX, known.toJson()));
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
        card.has(RELATIVE) ? Optional.of(Relative.read(card.card(RELATIVE))) : Optional.empty(),
        card.has(PREFIX) ? Optional.of(Prefix.read(card.card(PREFIX))) : Optional.empty());
  }

  /** Names the vectors: equal keys mean equal vectors. The software is left out. */
  public String key() {
    var digest = Sha256.builder().add(encoderSha256).add(datasetSha256).add(split);
    relative.ifPresent(known -> digest.add(known.sha256()));
    return digest.hex();
  }
}
