// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.zoo.internal.train.Autoencoder;
import io.github.djlstitch.zoo.internal.train.AutoencoderRecipe;
import io.github.djlstitch.zoo.internal.train.AutoencoderRecipe.Code;
import io.github.djlstitch.zoo.internal.train.PixelImages;
import java.util.ArrayList;
import java.util.List;

/**
 * Latents of test images by absolute autoencoders of several seeds, and panels of them.
 *
 * @param study the images
 * @param shown the test images, class by class
 * @param spaces latents (N, K) by seed
 */
record LatentPlanes(ImageStudy study, PixelImages shown, List<FloatMatrix> spaces) {
  private static final int SEEDS = 4;
  private static final int PER_CLASS = 100;

  static LatentPlanes train(Lab lab, int size) {
    long[] seeds = lab.severalSeeds(SEEDS, SEEDS);
    var study = ImageStudy.of(lab, lab.part(10_000, 2_000), "mnist", "cifar10");
    PixelImages shown = ImageStudy.perClass(study.test(), PER_CLASS);
    var paper = AutoencoderRecipe.paper(Code.ABSOLUTE, false).withSize(size).withLinearCode();
    AutoencoderRecipe recipe = lab.full() ? paper : paper.trained(3, 32, 1, 3e-3);
    List<FloatMatrix> spaces = new ArrayList<>();
    for (long seed : seeds) {
      try (Autoencoder model = study.train(lab, recipe, study.train(), 1, seed)) {
        spaces.add(model.encode(shown));
      }
    }
    return new LatentPlanes(study, shown, spaces);
  }

  /**
   * One panel.
   *
   * @param places (N, 2) of the images shown
   */
  Figure.Panel panel(String title, FloatMatrix places) {
    List<Figure.Group> groups = new ArrayList<>();
    int[] labels = shown.labels();
    for (int label = 0; label < study.classes().size(); label++) {
      List<Figure.Point> points = new ArrayList<>();
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] == label) {
          points.add(new Figure.Point(places.get(i, 0), places.get(i, 1), shown.ids().get(i)));
        }
      }
      groups.add(new Figure.Group(study.classes().get(label), points));
    }
    return new Figure.Panel(title, "", "", groups);
  }
}
