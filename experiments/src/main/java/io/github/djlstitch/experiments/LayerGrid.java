// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.measure.MeasureKind;
import io.github.djlstitch.core.measure.SpaceMeasure;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.core.stitch.DecoderSpec.Reads;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.HeadRecipe;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.decoders.HeadOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One encoder's layers (rows) stitched into heads on another one's layers (columns), over seeds.
 * For one thread.
 */
final class LayerGrid {
  private final LayerSpaces from;
  private final LayerSpaces to;
  private final List<Run> runs = new ArrayList<>();
  private final double[][] cka;

  /** A way of carrying vectors from layer to layer. */
  enum Way implements Named {
    /** As cosines with the anchors, to a head on such cosines. */
    RELATIVE(Reads.RELATIVE),
    /** Through anchor coordinates, to a head on the layer's own vectors. */
    COORDINATES(Reads.ABSOLUTE);

    private final Reads reads;

    Way(Reads reads) {
      this.reads = reads;
    }
  }

  /** Which test samples were classified rightly in one way with one seed. */
  private static final class Run {
    private final Way way;
    private final boolean[][] own; // by column: those of the head's own layer
    private final boolean[][][] stitched; // by row and column

    private Run(Way way, int rows, int columns) {
      this.way = way;
      this.own = new boolean[columns][];
      this.stitched = new boolean[rows][columns][];
    }
  }

  /** A layer's space with what is made of it once for a seed. */
  private record Layer(
      LatentSpace test, AnchoredSpace space, FloatMatrix cosines, SpaceCodec codec) {
    static Layer of(EncodedDataset data, Anchors anchors) {
      var space = AnchoredSpace.of(data.train(), anchors);
      FloatMatrix cosines =
          space
              .projection(Similarity.cosine(), StitchDefaults.centering())
              .apply(data.test().vectors());
      var spec = new CodecSpec.Coordinates(StitchDefaults.centering(), Similarity.DEFAULT_LAMBDA);
      return new Layer(data.test(), space, cosines, spec.fit(space));
    }

    FloatMatrix coordinates() {
      return codec.toRelative(test.vectors());
    }
  }

  LayerGrid(LayerSpaces from, LayerSpaces to) {
    this.from = from;
    this.to = to;
    this.cka = new double[from.layers().size()][to.layers().size()];
    for (int i = 0; i < cka.length; i++) {
      for (int j = 0; j < cka[i].length; j++) {
        cka[i][j] =
            SpaceMeasure.of(MeasureKind.CKA_UNBIASED)
                .of(from.spaces().get(i).test().vectors(), to.spaces().get(j).test().vectors());
      }
    }
  }

  void measure(Lab lab, Anchors anchors, long seed) {
    List<Layer> sources = layers(from, anchors);
    List<Layer> targets = layers(to, anchors);
    List<FloatMatrix> codes = sources.stream().map(Layer::coordinates).toList();
    long done = 0;
    for (Way way : Way.values()) {
      int rows = sources.size();
      int columns = targets.size();
      var run = new Run(way, rows, columns);
      for (int j = 0; j < columns; j++) {
        Layer target = targets.get(j);
        Decoder head = head(lab, way, to.spaces().get(j).train(), anchors, seed);
        run.own[j] = right(head, target.test(), own(way, head, target));
        for (int i = 0; i < rows; i++) {
          FloatMatrix inputs =
              way == Way.RELATIVE ? sources.get(i).cosines() : carried(head, target, codes.get(i));
          run.stitched[i][j] = right(head, target.test(), inputs);
        }
        lab.progress().at("stitch layers", ++done, (long) Way.values().length * columns);
      }
      runs.add(run);
    }
  }

  private static List<Layer> layers(LayerSpaces all, Anchors anchors) {
    return all.spaces().stream().map(data -> Layer.of(data, anchors)).toList();
  }

  private static Decoder head(Lab lab, Way way, LatentSpace train, Anchors anchors, long seed) {
    HeadOptions how = PlainHead.linear();
    return new HeadRecipe(
            way.reads, Similarity.cosine(), StitchDefaults.centering(), how.head(), seed)
        .make(train, anchors, lab.zoo().heads(how));
  }

  private static FloatMatrix own(Way way, Decoder head, Layer target) {
    return way == Way.RELATIVE
        ? target.cosines()
        : head.spec().inputs(target.space()).apply(target.test().vectors());
  }

  private static FloatMatrix carried(Decoder head, Layer target, FloatMatrix codes) {
    FloatMatrix vectors = target.codec().rescaled(target.codec().fromRelative(codes));
    return head.spec().inputs(target.space()).apply(vectors);
  }

  private static boolean[] right(Decoder head, LatentSpace test, FloatMatrix inputs) {
    int[] found = head.decode(inputs).argMaxRows();
    boolean[] right = new boolean[found.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = found[i] == test.labels()[i];
    }
    return right;
  }

  LayerSpaces from() {
    return from;
  }

  LayerSpaces to() {
    return to;
  }

  String name() {
    return from.name() + " to " + to.name();
  }

  /** Debiased linear CKA of the test samples' vectors, by row and column. */
  double[][] cka() {
    return cka;
  }

  /** Mean accuracy over seeds, by row and column. */
  double[][] accuracy(Way way) {
    return mean(way, 0, 1);
  }

  /** Stitched accuracy as a share of the head's own on its layer, of the means over seeds. */
  double[][] kept(Way way) {
    double[][] kept = accuracy(way);
    for (double[] row : kept) {
      for (int j = 0; j < row.length; j++) {
        row[j] /= own(way, j);
      }
    }
    return kept;
  }

  /** Mean accuracy of the heads on a layer on that layer itself. */
  double own(Way way, int column) {
    return Spread.of(of(way).stream().mapToDouble(run -> share(run.own[column], 0, 1)).toArray())
        .mean();
  }

  /** Mean accuracy over seeds on every {@code step}-th test sample from {@code first} on. */
  double[][] mean(Way way, int first, int step) {
    double[][] mean = new double[cka.length][cka[0].length];
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < mean[i].length; j++) {
        mean[i][j] = cell(way, i, j, first, step).mean();
      }
    }
    return mean;
  }

  /** Mean and spread over seeds of a cell. */
  Spread cell(Way way, int row, int column) {
    return cell(way, row, column, 0, 1);
  }

  private Spread cell(Way way, int row, int column, int first, int step) {
    return Spread.of(
        of(way).stream()
            .mapToDouble(run -> share(run.stitched[row][column], first, step))
            .toArray());
  }

  private List<Run> of(Way way) {
    return runs.stream().filter(run -> run.way == way).toList();
  }

  private static double share(boolean[] right, int first, int step) {
    int[] counted = IntStream.range(0, right.length).filter(i -> i % step == first).toArray();
    return (double) Arrays.stream(counted).filter(i -> right[i]).count() / counted.length;
  }
}
