// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.Anchors.Prototype;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.core.stitch.StitchRunner;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.encoders.EncodedImage;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.data.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TestedAnchorsTest {
  private static final List<String> CLASSES = List.of("a", "b");

  // Tested are "cat" and "dog"; "dog" is also what row-1 of the training split says.
  private static final LabelledData DATA =
      texts(
          "data", List.of("row-1", "dog", "fish-7", "fish"), List.of("t1", "cat", "row-2", "dog"));

  private final List<String> warnings = new ArrayList<>();

  private static LabelledData texts(String name, List<String> train, List<String> test) {
    return LabelledData.ofTexts(Dataset.ofTexts(name, CLASSES, samples(train), samples(test)));
  }

  private static List<Sample<String>> samples(List<String> idsAndTexts) {
    List<Sample<String>> samples = new ArrayList<>();
    for (int i = 0; i < idsAndTexts.size(); i += 2) {
      samples.add(new Sample<>(idsAndTexts.get(i), idsAndTexts.get(i + 1), i / 2 % 2));
    }
    return samples;
  }

  private static EncodedDataset encoded(LabelledData data) {
    return new EncodedDataset(
        space(data, "train", data.dataset().train()), space(data, "test", data.dataset().test()));
  }

  private static LatentSpace space(
      LabelledData data, String split, List<? extends Sample<?>> samples) {
    float[] values = new float[2 * samples.size()];
    var from = new Provenance("e", "e0", data.name(), data.dataset().sha256(), split, "test");
    return LatentSpace.of(
        samples.stream().map(Sample::id).toList(),
        samples.stream().mapToInt(Sample::label).toArray(),
        data.classes(),
        FloatMatrix.wrap(samples.size(), 2, values),
        from);
  }

  private TestedAnchors from(LabelledData source) {
    return new TestedAnchors(List.of(DATA, DATA), source, warnings::add);
  }

  // t1 is tested by its id, x2 by its text; that row-2 is a row of both files means nothing.
  @Test
  void candidatesOfAnotherDataSetAreLeftOut() {
    LabelledData other =
        texts(
            "other",
            List.of("t1", "horse", "x2", "dog", "row-2", "cow", "x4", "hen"),
            List.of("y", "z", "y2", "zz"));
    TestedAnchors anchors = from(other);
    Set<String> leaked = anchors.candidates();
    assertEquals(Set.of("t1", "x2"), leaked);
    assertEquals(
        List.of(
            "'other': 2 of 4 samples are left out as anchors, because they are test samples too"),
        warnings);
    EncodedDataset data = encoded(DATA);
    var anchored =
        new EncodedDataset(data.train().withAnchorsFrom(encoded(other).train()), data.test());
    EncodedDataset apart = anchors.apart(List.of(anchored), leaked).get(0);
    assertEquals(List.of("row-2", "x4"), apart.train().anchorCandidates().ids());
    assertEquals(data.train().ids(), apart.train().ids());
    assertEquals(data.test().ids(), apart.test().ids());
  }

  @Test
  void listedAnchorsAreLeftOut() {
    var listed = new Anchors(List.of("fish-7", "row-1", "t1"), "file", 0);
    StitchRunner.Options usual = StitchDefaults.options(HeadOptions.defaults().head());
    var options = usual.withAnchors(AnchorChoice.fixed(listed));
    assertEquals(
        List.of("fish-7"), from(DATA).apart(options).anchors().listed().orElseThrow().ids());
    assertEquals(
        List.of("2 of 3 listed anchors are left out, because they are test samples too"), warnings);
    var chosen = usual.withAnchors(AnchorChoice.by(AnchorSelector.UNIFORM, 2));
    assertSame(chosen, from(DATA).apart(chosen));
    var all = usual.withAnchors(AnchorChoice.fixed(new Anchors(List.of("t1"), "file", 0)));
    Failures.badInput(() -> from(DATA).apart(all), "all 1 anchors of the list are test samples");
  }

  @Test
  void prototypesWithATestedSampleAreLeftOut() {
    var mixed = new Prototype(List.of("fish-7", "row-1"), List.of(.5, .5));
    var listed = Anchors.ofPrototypes(List.of(mixed, Prototype.of("fish-7")), "kmeans", 0);
    StitchRunner.Options usual = StitchDefaults.options(HeadOptions.defaults().head());
    var apart = from(DATA).apart(usual.withAnchors(AnchorChoice.fixed(listed)));
    assertEquals(List.of("fish-7"), apart.anchors().listed().orElseThrow().ids());
  }

  @Test
  void aSavedHeadKeepsItsAnchorsAndLosesTests() {
    List<Sample<?>> saved =
        List.of(new Sample<>("fish-7", "fish", 0), new Sample<>("row-1", "dog", 0));
    Set<String> leaked = from(DATA).tests(saved);
    assertEquals(Set.of("row-2"), leaked);
    assertEquals(
        List.of("1 of 2 test samples are left out, because they are anchors of the saved head"),
        warnings);
    List<EncodedDataset> without = TestedAnchors.without(leaked, List.of(encoded(DATA)));
    assertEquals(List.of("t1"), without.get(0).test().ids());
    assertEquals(Set.of(), from(DATA).tests(saved.subList(0, 1)));
  }

  @Test
  void imagesAreTheSameByTheirBytes() {
    Sample<ImageSource> one = image("a", 1);
    Sample<ImageSource> same = image("b", 1);
    Sample<ImageSource> other = image("c", 2);
    assertEquals(Set.of("b"), SharedSamples.of(List.of(one)).among(List.of(same, other)));
  }

  private static Sample<ImageSource> image(String id, int content) {
    return new Sample<>(id, EncodedImage.of(id, new byte[] {(byte) content}), 0);
  }
}
