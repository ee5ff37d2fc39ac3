// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.zoo.ZooOptions;
import io.github.djlstitch.zoo.internal.train.Autoencoders;
import io.github.djlstitch.zoo.internal.train.ImageClassifiers;
import io.github.djlstitch.zoo.internal.train.NodeClassifiers;
import io.github.djlstitch.zoo.internal.train.NodeRunStore;
import io.github.djlstitch.zoo.internal.train.Students;
import io.github.djlstitch.zoo.internal.train.TrainedStore;
import io.github.djlstitch.zoo.internal.words.WordVectorModels;

/** Models that experiments train once and keep beside the zoo's encodings and heads. */
final class Trainings {
  private Trainings() {}

  /** Image classifiers that are trained end to end. */
  static ImageClassifiers images(Lab lab) {
    return ImageClassifiers.in(networks(lab), lab.progress());
  }

  static Autoencoders autoencoders(Lab lab) {
    return Autoencoders.in(networks(lab), lab.progress());
  }

  static NodeClassifiers nodes(Lab lab) {
    ZooOptions kept = lab.zoo().options();
    NodeRunStore runs = NodeRunStore.in(kept.cache(), kept.warnings());
    return NodeClassifiers.in(networks(lab), runs, lab.progress());
  }

  static WordVectorModels words(Lab lab) {
    ZooOptions kept = lab.zoo().options();
    return WordVectorModels.in(kept.cache(), kept.warnings(), lab.progress());
  }

  /** Small students; there are so many that their experiment tells how far it is. */
  static Students students(Lab lab) {
    return Students.in(networks(lab), Progress.NONE);
  }

  private static TrainedStore networks(Lab lab) {
    ZooOptions kept = lab.zoo().options();
    return TrainedStore.in(kept.cache(), kept.warnings());
  }
}
