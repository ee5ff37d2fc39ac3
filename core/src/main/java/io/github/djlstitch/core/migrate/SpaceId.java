// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.space.Provenance;

/**
 * Names the space that the vectors of an index are in. Two indexes may be searched with one query
 * only if their ids are equal.
 *
 * @param name of the encoder, in words
 * @param sha256 digest of everything that decides the vectors: weights, tokenizer, pooling, prefix
 *     of the role, number type, and the bridge that they came over
 */
public record SpaceId(String name, String sha256) {
  /** The space of an encoder's own vectors. */
  public static SpaceId of(Provenance provenance) {
    return new SpaceId(provenance.encoder(), provenance.encoderSha256());
  }

  /** A space that is only known by a name. */
  public static SpaceId named(String name) {
    return new SpaceId(name, Sha256.builder().add("named").add(name).hex());
  }

  /** The space of an index whose encoder cannot be run any more. */
  public static SpaceId gone(String index) {
    return new SpaceId("an encoder that is gone", Sha256.builder().add("gone").add(index).hex());
  }

  /**
   * The space of vectors that came into this one over a bridge: near this space, and not the same.
   *
   * @param from the space that they came from
   * @param bridgeSha256 digest of the bridge's file
   */
  public SpaceId reachedFrom(SpaceId from, String bridgeSha256) {
    String digest =
        Sha256.builder().add("bridged").add(from.sha256).add(sha256).add(bridgeSha256).hex();
    return new SpaceId(name + " from " + from.name, digest);
  }
}
