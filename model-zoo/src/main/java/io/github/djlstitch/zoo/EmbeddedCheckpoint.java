// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.zoo.EmbeddedCard.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image encoder that this project trained and that comes with the build, as a folder in timm's
 * published format on the class path.
 *
 * @param name name that users type
 * @param config its {@code config.json}
 * @param weights its {@code model.safetensors}
 * @param width D
 */
record EmbeddedCheckpoint(String name, Resource config, Resource weights, int width)
    implements ModelCard {
  private static final String FOLDER = "io/github/djlstitch/zoo/";

  static final List<EmbeddedCheckpoint> CARDS =
      List.of(
          of(
              "vit-digits",
              "aee120b9e1d30259da3628a24fd100300df0861a817932776242c73a3bf5a39e",
              "b3fe969ced8aca3a78969ed895de2063bf6b042cb4b2abae4f7b078c15b493c6",
              64),
          of(
              "rexnet-digits",
              "265458c4b2fb275011197f496525302d72211c69209bcca7fef924524f9da400",
              "493598ca6ce95a66be5c150a80bda498ad80f1a3e882f86cdc4b9942213cf9f1",
              256));

  private static EmbeddedCheckpoint of(String name, String config, String weights, int width) {
    String folder = FOLDER + name + "/";
    return new EmbeddedCheckpoint(
        name,
        new Resource(folder + "config.json", config),
        new Resource(folder + "model.safetensors", weights),
        width);
  }

  /** Returns true if one of them has that name. */
  static boolean isNamed(String name) {
    return CARDS.stream().anyMatch(card -> card.name().equals(name));
  }

  /** Returns true if an encoder has that name and its files are on the class path. */
  static boolean areOnClassPath(String name) {
    return CARDS.stream()
        .filter(card -> card.name().equals(name))
        .anyMatch(card -> card.files().stream().allMatch(ArtifactStore::isOnClassPath));
  }

  List<Resource> files() {
    return List.of(config, weights);
  }

  @Override
  public String reads() {
    return "images";
  }

  @Override
  public String trainedOn() {
    return "digits, train split";
  }

  @Override
  public String licence() {
    return "Apache-2.0";
  }

  @Override
  public String origin() {
    return "djl-stitch/model-zoo";
  }

  @Override
  public Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("made by", "model-zoo/src/training/digits_encoders.py");
    details.put("config sha256", config.sha256());
    details.put("weights sha256", weights.sha256());
    return details;
  }
}
