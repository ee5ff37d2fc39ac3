// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.internal.file.JsonCard;

/** A provenance as a JSON object. */
public final class ProvenanceJson {
  private ProvenanceJson() {}

  /** Writes it. */
  public static JsonObject write(Provenance provenance) {
    JsonObject json = new JsonObject();
    json.addProperty("encoder", provenance.encoder());
    json.addProperty("encoder_sha256", provenance.encoderSha256());
    json.addProperty("dataset", provenance.dataset());
    json.addProperty("dataset_sha256", provenance.datasetSha256());
    json.addProperty("split", provenance.split());
    json.addProperty("software", provenance.software());
    return json;
  }

  /** Reads it. */
  public static Provenance read(JsonCard card) {
    return new Provenance(
        card.text("encoder"),
        card.text("encoder_sha256"),
        card.text("dataset"),
        card.text("dataset_sha256"),
        card.text("split"),
        card.text("software"));
  }
}
