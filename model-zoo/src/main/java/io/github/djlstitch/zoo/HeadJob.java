// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.HeadRecipe;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.core.stitch.StitchRunner;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.decoders.HeadTrainer;
import io.github.djlstitch.decoders.Standalone;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.Optional;

/**
 * Trains one head that stands alone: it can be saved, moved, and fed from any encoder without the
 * data that it was trained on.
 *
 * @param encoder name of the encoder on whose space it is trained
 * @param dataset name of the data set
 * @param reading how the data set is read
 * @param anchorsFrom the data set that anchors are chosen from, if another one
 * @param anchors chooses them
 * @param recipe what the head reads, and how
 * @param head how it is trained
 */
public record HeadJob(
    String encoder,
    String dataset,
    DatasetOptions reading,
    Optional<String> anchorsFrom,
    StitchRunner.AnchorChoice anchors,
    HeadRecipe recipe,
    HeadOptions head) {
  /** The figure with the accuracy on the test split, {@link ClassifierHead#metrics}. */
  public static final String TEST_ACCURACY = "test_accuracy";

  /**
   * A head that reads relative vectors, all else as the command line has it.
   *
   * @param anchors their number
   */
  public static HeadJob of(String encoder, String dataset, int anchors) {
    HeadOptions how = HeadOptions.defaults();
    return new HeadJob(
        encoder,
        dataset,
        DatasetOptions.defaults(),
        Optional.empty(),
        StitchRunner.AnchorChoice.by(StitchDefaults.selector(), anchors),
        new HeadRecipe(
            DecoderSpec.Reads.RELATIVE,
            StitchDefaults.similarity(),
            StitchDefaults.centering(),
            how.head(),
            StitchDefaults.SEED),
        how);
  }

  /** Trains the head; its anchors' texts or images are in it. */
  public ClassifierHead run(ModelZoo zoo) {
    LabelledData data = zoo.dataset(dataset, reading);
    Optional<LabelledData> other = anchorsFrom.map(name -> zoo.dataset(name, reading));
    zoo.preparation().requireAnchors(other.orElse(data), anchors);
    EncodedDataset encoded = zoo.encode(encoder, data, other);
    LatentSpace train = encoded.train();
    Anchors chosen = train.owned(anchors.choose(train.anchorCandidates(), recipe.seed()));
    var trained =
        (ClassifierHead)
            recipe.make(
                train,
                chosen,
                (spec, inputs, labels) -> HeadTrainer.train(spec, inputs.get(), labels, head));
    return standalone(trained, train, other.orElse(data), reading)
        .withMetric(TEST_ACCURACY, accuracy(trained, encoded));
  }

  /**
   * Returns how the data set of a head was read.
   *
   * @param head one that stands alone; any other gives the defaults
   */
  public static DatasetOptions reading(ClassifierHead head) {
    return head.standalone()
        .map(known -> DatasetOptions.parse(head.spec().name(), known.reading()))
        .orElseGet(DatasetOptions::defaults);
  }

  /**
   * A head that stands alone.
   *
   * @param train the space it was trained on
   * @param source the data that its anchors are from
   */
  static ClassifierHead standalone(
      ClassifierHead trained, LatentSpace train, LabelledData source, DatasetOptions reading) {
    Anchors anchors = trained.spec().anchors();
    var vectors = train.anchors(anchors);
    var data = trained.spec().dependsOnData() ? train.vectors() : vectors;
    return trained.with(
        Standalone.of(
            new AnchoredSpace(vectors, data),
            AnchorSamples.of(source, anchors),
            reading.toJson().toString()));
  }

  private static double accuracy(ClassifierHead head, EncodedDataset encoded) {
    var own = AnchoredSpace.of(encoded.train(), head.spec().anchors());
    int[] predicted =
        head.decode(head.spec().inputs(own).apply(encoded.test().vectors())).argMaxRows();
    return Metric.ACCURACY.of(encoded.test().labels(), predicted, encoded.test().classes().size());
  }
}
