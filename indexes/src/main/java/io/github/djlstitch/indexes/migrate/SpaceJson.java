// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.migrate.SpaceId;

/** Ids of spaces as JSON objects. */
final class SpaceJson {
  private SpaceJson() {}

  static JsonObject of(SpaceId id) {
    JsonObject json = new JsonObject();
    json.addProperty("name", id.name());
    json.addProperty("sha256", id.sha256());
    return json;
  }

  static SpaceId read(JsonCard card) {
    return new SpaceId(card.text("name"), card.text("sha256"));
  }
}
