// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.data.NounGlosses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Texts for the images of classes whose names are nouns: templates around each word that WordNet
 * has for the class, and its gloss. They depend on an image's class only, so image-text pairs made
 * with them are weaker than captions of the images. Training captions and test captions have no
 * template in common.
 *
 * @param classes their names
 * @param train captions by class
 * @param test other captions by class, equally many each
 */
record ClassCaptions(List<String> classes, List<List<String>> train, List<List<String>> test) {
  private static final List<String> TRAIN =
      List.of(
          "a photo of a %s",
          "a small picture of a %s",
          "a blurry photo of the %s",
          "this image shows one %s",
          "a close view of a %s",
          "there is a %s in the picture",
          "a %s seen from the side",
          "a colour photo with a %s in the middle");
  private static final List<String> TEST =
      List.of("a %s", "an image of the %s", "a snapshot of some %s");

  /** Takes copies. */
  ClassCaptions {
    classes = List.copyOf(classes);
    train = train.stream().map(List::copyOf).toList();
    test = test.stream().map(List::copyOf).toList();
  }

  static ClassCaptions of(List<String> classes) {
    List<String> nouns = classes.stream().map(c -> c.replace('_', ' ')).toList();
    List<Optional<NounGlosses.Sense>> senses = NounGlosses.firstSenses(nouns);
    List<List<String>> train = new ArrayList<>();
    List<List<String>> test = new ArrayList<>();
    for (int i = 0; i < nouns.size(); i++) {
      String noun = nouns.get(i);
      List<String> words = new ArrayList<>(List.of(noun));
      senses
          .get(i)
          .ifPresent(s -> s.words().stream().filter(w -> !words.contains(w)).forEach(words::add));
      List<String> captions = new ArrayList<>();
      for (String word : words) {
        TRAIN.forEach(t -> captions.add(t.formatted(word)));
      }
      String gloss = senses.get(i).map(NounGlosses.Sense::gloss).orElse(noun);
      captions.add("a photo of " + gloss);
      train.add(captions);
      List<String> others = new ArrayList<>();
      TEST.forEach(t -> others.add(t.formatted(noun)));
      others.add(noun + ", " + gloss);
      test.add(others);
    }
    return new ClassCaptions(classes, train, test);
  }

  /** The number of test captions of each class. */
  int templates() {
    return test.get(0).size();
  }

  /** All captions as a data set, train and test. */
  private LabelledData data() {
    return LabelledData.ofTexts(
        Dataset.ofTexts(
            "captions of " + classes.size() + " classes",
            classes,
            samples("train", train),
            samples("test", test)));
  }

  private static List<Sample<String>> samples(String split, List<List<String>> captions) {
    List<Sample<String>> samples = new ArrayList<>();
    for (int label = 0; label < captions.size(); label++) {
      for (int i = 0; i < captions.get(label).size(); i++) {
        samples.add(new Sample<>(split + "-" + label + "-" + i, captions.get(label).get(i), label));
      }
    }
    return samples;
  }

  /** Encodes the captions; test captions are in the order of the classes. */
  EncodedDataset encode(Lab lab, String encoder) {
    return lab.encode(encoder, data());
  }

  /**
   * Captions coupled with images: the samples are the images', by id and label; each has the vector
   * of a caption of its class, one after the other.
   */
  static EncodedDataset coupled(EncodedDataset captions, EncodedDataset images) {
    return new EncodedDataset(
        coupled(captions.train(), images.train()), coupled(captions.test(), images.test()));
  }

  private static LatentSpace coupled(LatentSpace captions, LatentSpace images) {
    List<List<Integer>> rows = rowsByClass(captions);
    int[] next = new int[rows.size()];
    int[] labels = images.labels();
    int[] chosen = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      List<Integer> own = rows.get(labels[i]);
      chosen[i] = own.get(next[labels[i]]++ % own.size());
    }
    FloatMatrix vectors = captions.vectors().select(chosen);
    Provenance text = captions.provenance();
    Provenance image = images.provenance();
    String digest =
        Sha256.builder().add(text.datasetSha256()).add(image.datasetSha256()).add("coupled").hex();
    var provenance =
        new Provenance(
            text.encoder(),
            text.encoderSha256(),
            text.dataset() + " for " + image.dataset(),
            digest,
            image.split(),
            text.software());
    return LatentSpace.of(images.ids(), labels, images.classes(), vectors, provenance);
  }

  private static List<List<Integer>> rowsByClass(LatentSpace captions) {
    List<List<Integer>> rows = new ArrayList<>();
    captions.classes().forEach(c -> rows.add(new ArrayList<>()));
    int[] labels = captions.labels();
    for (int i = 0; i < labels.length; i++) {
      rows.get(labels[i]).add(i);
    }
    return rows;
  }
}
