// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.align.Aligner;
import io.github.djlstitch.core.align.FunctionalMap;
import io.github.djlstitch.core.align.GeneralizedProcrustes;
import io.github.djlstitch.core.align.UnpairedAlignment;
import io.github.djlstitch.core.relative.AnchorSelfAttention;
import io.github.djlstitch.core.relative.AnchorValues;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.InvarianceBlock;
import io.github.djlstitch.core.relative.InvarianceProduct;
import io.github.djlstitch.core.relative.OutputNorm;
import io.github.djlstitch.core.relative.RelativeBlock;
import io.github.djlstitch.core.relative.RelativePipeline;
import io.github.djlstitch.core.relative.RelativePipelineBlock;
import io.github.djlstitch.core.relative.RelativeProjection;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorBootstrap;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples in the Javadoc of types that no command uses: the same code, run. */
final class ExamplesTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "io/github/djlstitch/core");
  private static final Path THIS =
      Path.of("src", "test", "java", "io/github/djlstitch/core/ExamplesTest.java");
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\n(.*?)\\}</pre>", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "align/FunctionalMap",
        "align/GeneralizedProcrustes",
        "align/UnpairedAlignment",
        "space/AnchorBootstrap",
        "relative/AnchorSelfAttention",
        "relative/AnchorValues",
        "relative/InvarianceBlock",
        "relative/RelativeBlock",
        "relative/RelativePipelineBlock"
      })
  void theExampleOfTheJavadocIsRunHere(String type) throws IOException {
    String javadoc = Files.readString(SOURCES.resolve(type + ".java"));
    assertTrue(javadoc.contains("Library-only: no command"), type);
    Matcher example = EXAMPLE.matcher(javadoc);
    assertTrue(example.find(), type);
    String code = dense(example.group(1).replaceAll("(?m)^ \\*", ""));
    assertTrue(dense(Files.readString(THIS)).contains(code), () -> "not in this test: " + code);
  }

  private static String dense(String code) {
    return code.replaceAll("\\s+", "");
  }

  @Test
  void functionalMap() {
    var random = new Random(0);
    float[] one = new float[300 * 8];
    float[] other = new float[300 * 8];
    for (int i = 0; i < one.length; i++) {
      one[i] = (float) random.nextGaussian();
      other[i] = -2 * one[i];
    }
    var source = FloatMatrix.wrap(300, 8, one);
    var target = FloatMatrix.wrap(300, 8, other);
    int[] known = IntStream.range(0, 20).toArray(); // rows that are paired
    var options = new FunctionalMap.Options(30, 20, .1);
    var map = FunctionalMap.fit(source, target, known, known, options);
    int[] matches = map.matches(); // of each source row a target row
    var translation = map.refine(source, target, Aligner.affine());
    FloatMatrix translated = translation.apply(source); // near the target

    long right = IntStream.range(0, 300).filter(i -> matches[i] == i).count();
    assertTrue(right > 270, "right " + right);
    Matrices.assertClose(target, translated, 1);
  }

  @Test
  void generalizedProcrustes() {
    var random = new Random(0);
    float[] first = new float[50 * 4];
    float[] second = new float[50 * 4];
    float[] third = new float[50 * 4];
    for (int i = 0; i < first.length; i++) {
      first[i] = (float) random.nextGaussian();
      second[i] = -first[i]; // turned over
      third[i ^ 1] = first[i]; // columns swapped
    }
    var anchors =
        List.of(
            FloatMatrix.wrap(50, 4, first),
            FloatMatrix.wrap(50, 4, second),
            FloatMatrix.wrap(50, 4, third));
    var common = GeneralizedProcrustes.fit(anchors, 1e-9, 100);
    var translation = common.translation(1, 2);
    FloatMatrix translated = translation.apply(anchors.get(1)); // anchors.get(2)

    Matrices.assertClose(anchors.get(2), translated, 1e-5);
  }

  @Test
  void unpairedAlignment() {
    var random = new Random(1);
    float[] centers = new float[20 * 12];
    for (int i = 0; i < centers.length; i++) {
      centers[i] = (float) random.nextGaussian();
    }
    float[] one = new float[700 * 12];
    float[] other = new float[700 * 12];
    for (int i = 0; i < one.length; i++) {
      float center = centers[i % centers.length];
      one[i] = center + (float) (.2 * random.nextGaussian());
      other[i] = -center - (float) (.2 * random.nextGaussian());
    }
    var source = FloatMatrix.wrap(700, 12, one);
    var target = FloatMatrix.wrap(700, 12, other); // other samples
    var pairing = new UnpairedAlignment.Pairing(2, 30, 8, 10_000, 20);
    var refinement = new UnpairedAlignment.Refinement(5, 30, 300);
    var options = new UnpairedAlignment.Options(pairing, refinement, 3);
    var fit = UnpairedAlignment.fit(source, target, options);
    var again = new UnpairedAlignment.Options(pairing, refinement, 4);
    var check = UnpairedAlignment.fit(source, target, again);
    double agreement = fit.agreement(check, source); // near 1: the map is right
    FloatMatrix translated = fit.alignment().apply(source);

    assertTrue(agreement > .95, "agreement " + agreement);
    assertEquals(700, translated.rows());
  }

  @Test
  void anchorBootstrap() {
    var random = new Random(0);
    float[] one = new float[200 * 8];
    float[] other = new float[200 * 8];
    for (int i = 0; i < one.length; i++) {
      one[i] = (float) random.nextGaussian();
      other[i ^ 1] = -3 * one[i];
    }
    var ids = IntStream.range(0, 200).mapToObj(i -> "sample " + i).toList();
    var origin = new Provenance("example", "", "random", "", "all", "");
    var x = LatentSpace.of(ids, new int[0], List.of(), FloatMatrix.wrap(200, 8, one), origin);
    var y = LatentSpace.of(ids, new int[0], List.of(), FloatMatrix.wrap(200, 8, other), origin);
    var known = ids.subList(0, 12).stream().map(id -> new AnchorBootstrap.Pair(id, id)).toList();
    var grown = AnchorBootstrap.grow(x, y, known, 100);
    FloatMatrix anchorsOfX = x.anchors(grown.x()); // 100 rows, and those of y beside them
    FloatMatrix anchorsOfY = y.anchors(grown.y());

    assertEquals(grown.x().ids(), grown.y().ids());
    assertEquals(100, anchorsOfX.rows());
    assertEquals(100, anchorsOfY.rows());
  }

  @Test
  void anchorValues() {
    var anchors = FloatMatrix.of(3, 2, 1, 0, 0, 1, -1, 0);
    var onto = RelativeProjection.onto(anchors, Similarity.cosine(), Centering.NONE);
    var attention = new SequentialBlock().add(RelativeBlock.of(onto)).add(AnchorValues.of(onto));
    float[] attended; // (1, 2): the mean of the anchors, weighted by their likeness
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      attention.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
      var store = new ParameterStore(manager, false);
      var vectors = new NDList(manager.create(new float[][] {{2, 0}}));
      attended = attention.forward(store, vectors, false).head().toFloatArray();
    }

    double sum = Math.E + 1 + 1 / Math.E;
    float x = (float) ((Math.E - 1 / Math.E) / sum);
    assertArrayEquals(new float[] {x, (float) (1 / sum)}, attended, 1e-6f);
  }

  @Test
  void anchorSelfAttention() {
    var anchors = FloatMatrix.of(3, 2, 1, 0, 0, 1, -1, 0);
    var relative = RelativeBlock.of(anchors, Similarity.cosine(), Centering.NONE);
    var network = new SequentialBlock().add(relative).add(AnchorSelfAttention.of(3, 8, 2, 0));
    float[] attended; // (1, 3): one number for each anchor
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      network.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
      var store = new ParameterStore(manager, false);
      var vectors = new NDList(manager.create(new float[][] {{2, 0}}));
      attended = network.forward(store, vectors, false).head().toFloatArray();
    }

    assertEquals(3, attended.length);
  }

  @Test
  void relativeBlock() {
    var anchors = FloatMatrix.of(3, 2, 1, 0, 0, 1, -1, 0);
    var block = RelativeBlock.of(anchors, Similarity.cosine(), Centering.NONE);
    float[] cosines; // (1, 3): with each anchor
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
      var store = new ParameterStore(manager, false);
      var vectors = new NDList(manager.create(new float[][] {{2, 0}}));
      cosines = block.forward(store, vectors, false).head().toFloatArray();
    }

    assertArrayEquals(new float[] {1, 0, -1}, cosines, 1e-6f);
  }

  @Test
  void relativePipelineBlock() {
    var anchors = FloatMatrix.of(3, 2, 1, 0, 0, 1, -1, 0);
    var pipeline = RelativePipeline.of(Similarity.cosine(), Centering.NONE).withNorm(OutputNorm.L2);
    var block = RelativePipelineBlock.of(pipeline.over(new AnchoredSpace(anchors, anchors)));
    float[] relative; // (1, 3): cosines, of length 1
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
      var store = new ParameterStore(manager, false);
      var vectors = new NDList(manager.create(new float[][] {{2, 0}}));
      relative = block.forward(store, vectors, false).head().toFloatArray();
    }

    float half = (float) Math.sqrt(.5);
    assertArrayEquals(new float[] {half, 0, -half}, relative, 1e-6f);
  }

  @Test
  void invarianceBlock() {
    var anchors = FloatMatrix.of(3, 2, 1, 0, 0, 1, -1, 0);
    var product = InvarianceProduct.of(Centering.NONE, InvarianceProduct.Merge.WEIGHTS);
    var block = InvarianceBlock.of(product.over(new AnchoredSpace(anchors, anchors)));
    float[] merged; // (1, 3): the mean of four similarities, by weights that start equal
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
      var store = new ParameterStore(manager, false);
      var vectors = new NDList(manager.create(new float[][] {{2, 0}}));
      merged = block.forward(store, vectors, false).head().toFloatArray();
    }

    assertEquals(0, merged[0] + merged[1] + merged[2], 1e-5);
  }
}
