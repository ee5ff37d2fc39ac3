// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import java.util.Arrays;
import java.util.List;

/**
 * The default settings of stitching, for the command line and its help, JShell, the zoo's heads and
 * library code. Numbers of one codec, measure or head are with its own options.
 */
public final class StitchDefaults {
  /** The methods that are compared, with commas. */
  public static final String METHODS = "absolute,relative,coordinates";

  /** The data set for encoders of texts. */
  public static final String TEXTS = "wordnet";

  /** The data set for encoders of images that were trained on it. */
  public static final String DIGITS = "digits";

  /** The data set for other encoders of images. */
  public static final String IMAGES = "cifar100:coarse";

  /** The number of anchors. */
  public static final int ANCHORS = 300;

  /** The name of the anchor strategy. */
  public static final String STRATEGY = "uniform";

  /** The name of the similarity between vectors and anchors. */
  public static final String SIMILARITY = "cosine";

  /** The name of the centering of vectors. */
  public static final String CENTERING = "anchors";

  /** The first seed. */
  public static final int SEED = 0;

  /** The number of runs, with seeds from the first on. */
  public static final int RUNS = 1;

  private StitchDefaults() {}

  /** The similarity of relative vectors. */
  public static Similarity similarity() {
    return Similarity.of(Similarity.kind(SIMILARITY));
  }

  /** Returns the centering of vectors. */
  public static Centering centering() {
    return Centering.named(CENTERING);
  }

  /** Returns the anchor strategy. */
  public static AnchorSelector selector() {
    return AnchorSelector.named(STRATEGY);
  }

  /** All of it, with heads of that architecture and training. */
  public static StitchRunner.Options options(DecoderSpec.Head head) {
    return new StitchRunner.Options(
        methods(),
        similarity(),
        centering(),
        BridgeOptions.defaults(),
        StitchRunner.AnchorChoice.by(selector(), ANCHORS),
        head,
        List.of((long) SEED));
  }

  private static List<Method> methods() {
    return Arrays.stream(METHODS.split(",", -1)).map(Method::named).toList();
  }
}
