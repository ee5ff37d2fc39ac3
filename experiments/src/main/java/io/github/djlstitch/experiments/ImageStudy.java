// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.internal.random.RandomOrder;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.train.Autoencoder;
import io.github.djlstitch.zoo.internal.train.AutoencoderRecipe;
import io.github.djlstitch.zoo.internal.train.PixelImages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Images that autoencoders are trained and evaluated on.
 *
 * @param name of the data set
 * @param classes names by label
 * @param train training images
 * @param test test images
 */
record ImageStudy(String name, List<String> classes, PixelImages train, PixelImages test) {
  private static final int SIDE = 32;

  /** The paper's images of a table or figure, else CIFAR-10; all of them for the full protocol. */
  static ImageStudy of(Lab lab, DatasetOptions part, String... names) {
    LabelledData data = lab.data(part, names);
    var images = data.requireImages();
    String name = lab.dataset().orElse(data.name());
    return new ImageStudy(
        name,
        data.classes(),
        PixelImages.decode(name + " train", images.train(), SIDE, false, lab.progress()),
        PixelImages.decode(name + " test", images.test(), SIDE, false, lab.progress()));
  }

  /** Chooses equally many training images of each class. */
  PixelImages anchors(int count, long seed) {
    int some = Math.min(count, train.count());
    return train.select(RandomOrder.stratified(train.labels(), some, seed));
  }

  /** The first so many images of a part's every class, class by class. */
  static PixelImages perClass(PixelImages images, int each) {
    var byClass = new TreeMap<Integer, List<Integer>>();
    int[] labels = images.labels();
    for (int i = 0; i < labels.length; i++) {
      List<Integer> rows = byClass.computeIfAbsent(labels[i], label -> new ArrayList<>());
      if (rows.size() < each) {
        rows.add(i);
      }
    }
    Stream<Integer> rows = byClass.values().stream().flatMap(List::stream);
    return images.select(rows.mapToInt(Integer::intValue).toArray());
  }

  /** Trains the autoencoder of one seed, or loads it from the cache. */
  Autoencoder train(Lab lab, AutoencoderRecipe recipe, PixelImages images, int anchors, long seed) {
    return Trainings.autoencoders(lab)
        .train(recipe, images, anchors(anchors, lab.firstSeed()), seed);
  }

  /** The first images in the order of the data set, mixed over the classes. */
  PixelImages part(int count) {
    int[] order = RandomOrder.permutation(train.count(), 0);
    return count >= train.count() ? train : train.select(Arrays.copyOf(order, count));
  }
}
