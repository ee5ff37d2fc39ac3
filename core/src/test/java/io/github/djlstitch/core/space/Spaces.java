// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import io.github.djlstitch.core.FloatMatrix;
import java.util.List;
import java.util.stream.IntStream;

/** Small latent spaces with two classes. */
public final class Spaces {
  public static final List<String> CLASSES = List.of("cat", "dog");

  private Spaces() {}

  /** Where {@code encoder}'s vectors of {@code dataset} came from. */
  public static Provenance provenance(String encoder, String dataset, String split) {
    return new Provenance(encoder, "e-" + encoder, dataset, "d-" + dataset, split, "test 1");
  }

  /** Ids {@code prefix0, prefix1, ...}. */
  public static List<String> ids(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  /** Labels 0, 1, 0, 1, ... */
  public static int[] labels(int count) {
    return IntStream.range(0, count).map(i -> i % 2).toArray();
  }

  /** A space of these vectors with ids s0, s1, ... */
  public static LatentSpace of(FloatMatrix vectors) {
    int n = vectors.rows();
    return LatentSpace.of(
        ids("s", n), labels(n), CLASSES, vectors, provenance("bert", "trec", "train"));
  }
}
