// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Resampling.Answers;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.Irp;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Standardization;
import io.github.djlstitch.core.relative.Subspaces;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.NormStatistics;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.HeadRecipe;
import io.github.djlstitch.core.stitch.HeadRecipe.HeadSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A space of the inverse-relative-projection experiments: an encoder's vectors of train, test and
 * anchors. Vectors are centered on the mean of the anchors, as in arXiv:2406.15057, and of unit
 * length.
 *
 * @param name the encoder's, short
 * @param data train and test vectors
 * @param anchors samples of train, the same for all spaces
 * @param space the anchors' vectors, with all train vectors as data
 * @param frame the standardization: centered on the anchors
 * @param codes of the test samples: cosines with all anchors, shape (N, M)
 * @param automatic our default codec of this space, fitted when it is first needed
 */
record IrpSpace(
    String name,
    EncodedDataset data,
    Anchors anchors,
    AnchoredSpace space,
    Standardization frame,
    FloatMatrix codes,
    Supplier<SpaceCodec> automatic) {
  private static final Centering CENTERING = Centering.ANCHORS;

  /** Fits once; for one thread. */
  private static final class Fitted implements Supplier<SpaceCodec> {
    private final AnchoredSpace space;
    private @Nullable SpaceCodec codec;

    private Fitted(AnchoredSpace space) {
      this.space = space;
    }

    @Override
    public SpaceCodec get() {
      if (codec == null) {
        codec = new CodecSpec.Automatic().fit(space);
      }
      return codec;
    }
  }

  static IrpSpace of(EncodedDataset data, Anchors anchors) {
    var space = AnchoredSpace.of(data.train(), anchors);
    FloatMatrix codes = Irp.plain(CENTERING).fit(space).toRelative(data.test().vectors());
    Standardization frame = space.frame(CENTERING, true);
    return new IrpSpace(
        Lab.shortName(data.encoder()), data, anchors, space, frame, codes, new Fitted(space));
  }

  static List<IrpSpace> of(List<EncodedDataset> all, Anchors anchors) {
    return all.stream().map(data -> of(data, anchors)).toList();
  }

  /** Returns true for the same object; comparing the values of large spaces is slow. */
  @SuppressWarnings("ReferenceEquality")
  boolean is(IrpSpace other) {
    return this == other;
  }

  int width() {
    return space.anchors().columns();
  }

  /** The test samples' own vectors in this space, standardized. */
  FloatMatrix own() {
    return frame.apply(data.test().vectors());
  }

  /** The test samples as the encoder gave them. */
  FloatMatrix raw() {
    return data.test().vectors();
  }

  /** Undoes the standardization of vectors of this space. */
  FloatMatrix unstandardized(FloatMatrix standardized) {
    return frame.rescaled(standardized, NormStatistics.of(space.data()));
  }

  /** Anchors kept at that distance, in so many subspaces. */
  Subspaces prune(double delta, int omega, long seed) {
    return Subspaces.prune(space, CENTERING, delta, omega, seed);
  }

  /** Anchors kept as {@link Subspaces#automatic} chooses on this space alone. */
  Subspaces prune(long seed) {
    return Subspaces.automatic(space, CENTERING, seed);
  }

  /** Inverse relative projection into this space, over those anchors. */
  SpaceCodec irp(Subspaces kept) {
    return Irp.plain(CENTERING).over(kept).fit(space);
  }

  /** Translates the test samples of another space by our default codec, standardized. */
  FloatMatrix byAutomaticCodec(IrpSpace from) {
    SpaceCodec codec = automatic.get();
    FloatMatrix translated = codec.fromRelative(from.automatic.get().toRelative(from.raw()));
    return frame.apply(codec.rescaled(translated));
  }

  /** A head on this space's own training samples, kept in the zoo's cache. */
  Decoder head(HeadSource heads, DecoderSpec.Head kind, long seed) {
    var recipe =
        new HeadRecipe(DecoderSpec.Reads.ABSOLUTE, Similarity.cosine(), CENTERING, kind, seed);
    return recipe.make(data.train(), anchors, heads);
  }

  /** Accuracy of a head on standardized vectors of the test samples. */
  double accuracy(Decoder head, FloatMatrix inputs) {
    return answers(head, inputs).score(Metric.ACCURACY);
  }

  /** Answers of a head to standardized vectors of the test samples. */
  Answers answers(Decoder head, FloatMatrix inputs) {
    var unit = Standardization.plain(inputs.columns(), true);
    int[] found = head.decode(unit.apply(inputs)).argMaxRows();
    return Answers.of(data.test().labels(), found, data.test().classes().size());
  }

  /** Share of the most frequent class among the test samples. */
  double chance() {
    int[] counts = new int[data.test().classes().size()];
    int most = 0;
    for (int label : data.test().labels()) {
      most = Math.max(most, ++counts[label]);
    }
    return (double) most / data.test().labels().length;
  }
}
