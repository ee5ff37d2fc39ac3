// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.HeadRecipe;
import io.github.djlstitch.core.stitch.HeadRecipe.HeadSource;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.core.stitch.StitchRunner;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.decoders.Reading;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;

/** Heads that are trained once and kept. Thread-safe. */
final class Heads {
  private final ZooOptions options;
  private final CacheCounts counts;

  Heads(ZooOptions options, CacheCounts counts) {
    this.options = options;
    this.counts = counts;
  }

  HeadSource source(HeadOptions how, Reading reading) {
    var store =
        new DecoderStore(options.cache().resolve("decoders"), how, options.warnings(), counts);
    return (spec, inputs, labels) -> reading.of(store.head(spec, inputs, labels));
  }

  /** The head that {@link StitchDefaults} describes, on the train split of data. */
  ClassifierHead usual(LatentSpace train, LabelledData data) {
    HeadOptions how = HeadOptions.defaults();
    StitchRunner.Options usual = StitchDefaults.options(how.head());
    long seed = usual.seeds().get(0);
    Anchors anchors = usual.anchors().choose(train, seed);
    var recipe =
        new HeadRecipe(
            DecoderSpec.Reads.RELATIVE, usual.similarity(), usual.centering(), usual.head(), seed);
    var head = (ClassifierHead) recipe.make(train, anchors, source(how, Reading.INDUCTIVE));
    return HeadJob.standalone(head, train, data, DatasetOptions.defaults());
  }
}
