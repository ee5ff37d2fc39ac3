// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import io.github.djlstitch.core.file.Sha256;
import java.util.List;

/**
 * The parallel anchors: ids of samples, in order, the same for every encoder. Each encoder embeds
 * them itself.
 *
 * @param ids sample ids of the train split
 * @param strategy how they were chosen, for example {@code uniform}
 * @param seed of the choice
 */
public record Anchors(List<String> ids, String strategy, long seed) {
  /** Takes a copy of the ids. */
  public Anchors {
    ids = List.copyOf(ids);
  }

  /** How many. */
  public int count() {
    return ids.size();
  }

  /** Digest of the ids in order; how they were chosen does not count. */
  public String sha256() {
    var digest = Sha256.builder();
    ids.forEach(digest::add);
    return digest.hex();
  }
}
