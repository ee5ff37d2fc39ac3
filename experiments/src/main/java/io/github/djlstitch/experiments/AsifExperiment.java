// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.random.RandomOrder;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.List;

/** Images classified by class names through coupled pairs, without training (ASIF). */
final class AsifExperiment implements Experiment {

  @Override
  public Card card() {
    return new Card(
        "asif",
        List.of(),
        "Images classified by class names, no training",
        "Norelli et al. 2023 (arXiv:2210.01738), zero-shot classification",
        "An image and a caption are compared by the images and texts that are known to belong"
            + " together: cosines with them, the k largest (800) to a power (8), inner product. The"
            + " class is that of the best caption. Curve over the number of pairs; held-out pairs of"
            + " classes that no known pair shows; anchors that explain an answer.",
        "Image-text pairs and ImageNet (pairs: --dataset n24news:DIR or parquet). At hand: CIFAR-10"
            + " images with made-up captions that know the class only",
        3);
  }

  @Override
  public Findings run(Lab lab) {
    LabelledData data = lab.data(lab.part(), "n24news", "cifar10");
    if (data.texts().isEmpty()) {
      lab.note(
          "no real image-text pairs are available: captions made from an image's class stand for"
              + " them, which know less of it than a caption");
    }
    List<String> images = lab.imageEncodersIfAny();
    if (images.isEmpty()) {
      throw StitchException.unavailable(
          "this needs an image encoder; fetch one with 'stitch zoo pull vit-base', or give"
              + " --encoder FOLDER");
    }
    String text = lab.textEncoders("minilm").get(0);
    var captions = ClassCaptions.of(data.classes());
    EncodedDataset named = captions.encode(lab, text);
    var found = new IrpFindings();
    var report = new AsifRows();
    for (String encoder : images) {
      EncodedDataset seen = lab.encode(encoder, data);
      FloatMatrix texts =
          data.texts().isPresent()
              ? lab.encode(text, data).train().vectors()
              : ClassCaptions.coupled(named, seen).train().vectors();
      var material =
          new AsifPairs(
              shuffled(seen.train()),
              texts.select(order(seen.train())),
              seen.test(),
              named.test().vectors(),
              captions.templates());
      report.add(lab, Lab.shortName(encoder), material, captions);
    }
    report.to(found, data.texts().isPresent());
    return found.found();
  }

  private static LatentSpace shuffled(LatentSpace space) {
    return space.select(order(space));
  }

  // Round robin over the classes would flatter small sizes; a fixed shuffle does not.
  private static int[] order(LatentSpace space) {
    return RandomOrder.permutation(space.ids().size(), 0);
  }
}
