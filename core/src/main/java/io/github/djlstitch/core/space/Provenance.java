// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Sha256;

/**
 * The origin of a latent space.
 *
 * @param encoder name of the encoder
 * @param encoderSha256 digest of everything that decides its vectors
 * @param dataset name of the data set
 * @param datasetSha256 digest of its samples
 * @param split {@code train}, {@code test} or {@code all}
 * @param software version of this library, engine and platform
 */
public record Provenance(
    String encoder,
    String encoderSha256,
    String dataset,
    String datasetSha256,
    String split,
    String software) {

  /** The fields as they stand in the files of spaces, cards and heads. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("encoder", encoder);
    json.addProperty("encoder_sha256", encoderSha256);
    json.addProperty("dataset", dataset);
    json.addProperty("dataset_sha256", datasetSha256);
    json.addProperty("split", split);
    json.addProperty("software", software);
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
        card.text("software"));
  }

  /** Names the vectors: equal keys mean equal vectors. The software is left out. */
  public String key() {
    return Sha256.builder().add(encoderSha256).add(datasetSha256).add(split).hex();
  }
}
