// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.unitRows;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.SpaceCard;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.space.Spaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two spaces that differ by a rotation: a translation finds it. */
final class TranslationTest {
  private static final int N = 60;
  private static final int D = 6;
  private static final FloatMatrix X = unitRows(gaussian(1, N, D));
  private static final FloatMatrix Y = times(X, rotation(2, D));
  private static final Anchors ANCHORS = new Anchors(Spaces.ids("s", 30), "uniform", 0);
  private static final LatentSpace FROM = space("bert", X);
  private static final LatentSpace TO = space("gpt", Y);

  private static LatentSpace space(String encoder, FloatMatrix vectors) {
    return LatentSpace.of(
        Spaces.ids("s", vectors.rows()),
        Spaces.labels(vectors.rows()),
        Spaces.CLASSES,
        vectors,
        Spaces.provenance(encoder, "trec", "train"));
  }

  private static Translation fitted() {
    return Translation.fitted(
        FROM, TO, ANCHORS, Centering.ANCHORS, BridgeOptions.defaults(), Method.PROCRUSTES);
  }

  private static SpaceCard card(LatentSpace space) {
    var codec =
        new CodecSpec.Coordinates(Centering.ANCHORS, 1e-6).fit(AnchoredSpace.of(space, ANCHORS));
    return new SpaceCard(codec, ANCHORS, space.provenance());
  }

  @Test
  void aFittedMapFindsTheRotation() {
    LatentSpace found = fitted().apply(FROM);
    assertClose(unitRows(Y), unitRows(found.vectors()), 1e-4);
    assertEquals(FROM.ids(), found.ids());
    assertEquals("gpt translated from bert by procrustes", found.provenance().encoder());
    assertNotEquals(TO.provenance().encoderSha256(), found.provenance().encoderSha256());
  }

  @Test
  void vectorsFarFromTheOriginAreTakenBackToBeforeCentering() {
    FloatMatrix far = unitRows(Matrices.of(N, D, (i, j) -> .4 * X.get(i, j) + (j == 2 ? 1 : 0)));
    FloatMatrix turned = times(far, rotation(3, D));
    Translation translation =
        Translation.fitted(
            space("bert", far),
            space("gpt", turned),
            ANCHORS,
            Centering.ANCHORS,
            BridgeOptions.defaults(),
            Method.PROCRUSTES);
    assertClose(turned, translation.apply(space("bert", far)).vectors(), 1e-5);
  }

  @Test
  void whatIsWrittenIsMadeInBlocks(@TempDir Path folder) {
    FloatMatrix many = gaussian(4, 20_000, D);
    LatentSpace source = space("bert", many);
    List<Integer> heights = new ArrayList<>();
    Translation translation = fitted();
    var counting =
        new Translation(
            translation.method(),
            translation.from(),
            translation.to(),
            translation.anchors(),
            x -> {
              heights.add(x.rows());
              return translation.map().apply(x);
            },
            translation.target(),
            translation.norms(),
            translation.difference(),
            translation.diagnostics());
    Path file = folder.resolve("out.safetensors");
    counting.write(source, file, Progress.NONE);
    assertEquals(List.of(8192, 8192, 3616), heights);
    LatentSpace written = LatentSpace.open(file);
    LatentSpace whole = translation.apply(source);
    assertClose(whole.vectors(), written.vectors(), 1e-6);
    assertEquals(whole.ids(), written.ids());
    assertEquals(whole.provenance(), written.provenance());
    assertArrayEquals(whole.labels(), written.labels());
    assertEquals(10_000, translation.heldOut(source, space("gpt", many)).own().rows());
  }

  @Test
  void queriesAndDocumentsOfOneNetworkAreCarriedByOneMap() {
    Provenance documents = FROM.provenance();
    Provenance queries =
        Spaces.provenance("bert, queries", "trec", "train")
            .prefixed(new Provenance.Prefix("query: ", documents.encoderSha256()));
    assertTrue(queries.sameNetwork(documents) && documents.sameNetwork(queries));
    assertNotEquals(documents.key(), queries.key());
    LatentSpace asked = LatentSpace.of(FROM.ids(), new int[0], List.of(), X, queries);
    LatentSpace found = fitted().apply(asked);
    assertEquals(fitted().apply(FROM).vectors(), found.vectors());
    assertNotEquals(
        fitted().apply(FROM).provenance().encoderSha256(), found.provenance().encoderSha256());
    assertEquals(X, FROM.withAnchorsFrom(asked).anchorCandidates().vectors());
    Provenance other = queries.prefixed(new Provenance.Prefix("query: ", "another"));
    LatentSpace foreign = LatentSpace.of(FROM.ids(), new int[0], List.of(), X, other);
    refused("are of the encoder 'bert, queries'", Kind.BAD_INPUT, () -> fitted().apply(foreign));
  }

  @Test
  void twoCardsFindItTooAndMeasureTheirMismatch() {
    Translation translation = Translation.by(card(FROM), card(TO));
    assertClose(unitRows(Y), unitRows(translation.apply(FROM).vectors()), 1e-3);
    assertEquals(0, translation.mismatch(translation.heldOut(FROM, TO)).orElseThrow(), 1e-3);
    assertTrue(fitted().mismatch(fitted().heldOut(FROM, TO)).isEmpty());
  }

  @Test
  void qualityIsMeasuredOnSamplesOfBothThatAreNoAnchors() {
    int[] rows = {59, 3, 40}; // the second is an anchor
    Translation.HeldOut samples = fitted().heldOut(FROM, TO.select(rows));
    assertEquals(X.select(new int[] {40, 59}), samples.source());
    assertEquals(Y.select(new int[] {40, 59}), samples.own());
    refused(
        "no sample to measure",
        Kind.BAD_INPUT,
        () -> fitted().heldOut(FROM, TO.select(new int[] {1, 2})));
  }

  @Test
  void vectorsOfAnotherEncoderAreRefused() {
    refused("of the encoder 'gpt'", Kind.BAD_INPUT, () -> fitted().apply(TO));
    refused("of the encoder 'bert'", Kind.BAD_INPUT, () -> fitted().heldOut(FROM, FROM));
  }

  @Test
  void spacesWithoutACommonSampleAreRefused() {
    assertEquals(N, Translation.requireCommon(FROM, TO).size());
    LatentSpace other =
        LatentSpace.of(
            Spaces.ids("t", N),
            Spaces.labels(N),
            Spaces.CLASSES,
            Y,
            Spaces.provenance("gpt", "trec", "train"));
    refused("are like 's0'", Kind.BAD_INPUT, () -> Translation.requireCommon(FROM, other));
    assertEquals(List.of("s0", "s1"), FROM.ids().subList(0, 2));
  }
}
