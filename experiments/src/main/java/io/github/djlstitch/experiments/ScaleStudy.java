// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.decoders.HeadTrainer;
import io.github.djlstitch.decoders.internal.activation.ActivationMlp;
import io.github.djlstitch.encoders.options.EncoderOptions.StateScale;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One text encoder and one data set at other scales. For one thread. */
final class ScaleStudy {
  private static final int LAYERS_SHOWN = 4;
  private static final int EPOCHS = 20;
  private static final double RATE = 1e-3;
  private static final int CENTRE_ANCHORS = 300;

  private final Lab lab;
  private final String encoder;
  private final LabelledData data;
  private final int last;
  private @Nullable IrpSpace space;

  /** Accuracies at one scale, one for each seed. */
  record Point(double alpha, List<Double> accuracies) {
    double[] values() {
      return accuracies.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  /** A curve. */
  record Series(String name, List<Point> points) {
    double[] at(double alpha) {
      return points.stream()
          .filter(p -> p.alpha() == alpha)
          .findFirst()
          .map(Point::values)
          .orElseGet(() -> new double[0]);
    }

    double mean(double alpha) {
      return Arrays.stream(at(alpha)).average().orElse(Double.NaN);
    }

    /** The least mean accuracy between two scales, as a share of that at scale 1. */
    double worstShare(double from, double to) {
      return points.stream()
              .filter(p -> p.alpha() >= from && p.alpha() <= to)
              .mapToDouble(p -> mean(p.alpha()))
              .min()
              .orElse(Double.NaN)
          / mean(1);
    }
  }

  ScaleStudy(Lab lab, String encoder, LabelledData data) {
    this.lab = lab;
    this.encoder = encoder;
    this.data = data;
    this.last =
        lab.zoo()
            .textLayers(encoder)
            .orElseThrow(
                () ->
                    StitchException.usage(
                        "the layers of '%s' cannot be read; give a text encoder with its weights as"
                            + " tensors",
                        encoder));
  }

  int lastLayer() {
    return last;
  }

  /** The layers that are shown, ascending, the embeddings and the last one among them. */
  int[] layers(boolean all) {
    int count = all ? last + 1 : Math.min(last + 1, LAYERS_SHOWN);
    return IntStream.range(0, count)
        .map(i -> (int) Math.round((double) i * last / Math.max(1, count - 1)))
        .distinct()
        .toArray();
  }

  /** The head of the undisturbed encoder on vectors whose states behind a layer were multiplied. */
  Series within(int layer, double[] alphas) {
    IrpSpace own = undisturbed();
    HeadOptions linear = PlainHead.linear();
    Decoder head = own.head(lab.zoo().heads(linear), linear.head(), lab.firstSeed());
    List<Point> points = new ArrayList<>();
    for (double alpha : alphas) {
      FloatMatrix vectors = alpha == 1 ? own.raw() : disturbed(layer, alpha);
      double accuracy = own.accuracy(head, own.frame().apply(vectors));
      points.add(new Point(alpha, List.of(accuracy)));
    }
    return new Series("layer " + layer, points);
  }

  private IrpSpace undisturbed() {
    if (space == null) {
      EncodedDataset plain = lab.encode(encoder, data);
      space = IrpSpace.of(plain, center(plain.train()));
    }
    return space;
  }

  // Only the test samples; a data set has a training sample too.
  private FloatMatrix disturbed(int layer, double alpha) {
    ModelZoo zoo = lab.zoo().reading(s -> s.withScale(new StateScale(layer, alpha)));
    Dataset<String> texts = data.requireTexts();
    var test =
        Dataset.ofTexts(texts.name(), texts.classes(), texts.train().subList(0, 1), texts.test());
    EncodedDataset encoded = zoo.encode(encoder, LabelledData.ofTexts(test));
    return encoded.test().vectors();
  }

  private static Anchors center(LatentSpace train) {
    int count = Math.min(CENTRE_ANCHORS, train.ids().size());
    return AnchorSelector.UNIFORM.select(train, count, 0);
  }

  /** A layer's vectors at their own length. */
  EncodedDataset natural(int layer) {
    ModelZoo zoo = lab.zoo().reading(s -> s.withLayer(layer).withOwnLength());
    EncodedDataset encoded = zoo.encode(encoder, data);
    lab.uses(
        "encoder " + encoder + ", layer " + layer + ", own length",
        encoded.train().provenance().encoderSha256());
    return encoded;
  }

  /** A linear head on a layer's vectors at their own length, which reads them multiplied. */
  Series head(int layer, double[] alphas) {
    EncodedDataset natural = natural(layer);
    Decoder head = head(natural, HeadOptions.Kind.LINEAR, 0);
    return series("layer " + layer, natural, alphas, List.of(head::decode));
  }

  /** Networks by activation, and the tool's heads, on vectors at their own length. */
  List<Series> activations(EncodedDataset natural, double[] alphas, long[] seeds) {
    List<Series> all = new ArrayList<>();
    LatentSpace train = natural.train();
    for (ActivationMlp.Activation activation : ActivationMlp.Activation.values()) {
      List<Function<FloatMatrix, FloatMatrix>> networks = new ArrayList<>();
      for (long seed : seeds) {
        ActivationMlp network =
            ActivationMlp.train(
                activation,
                train.vectors(),
                train.labels(),
                train.classes().size(),
                EPOCHS,
                RATE,
                seed);
        networks.add(network::decode);
      }
      all.add(series(activation.id(), natural, alphas, networks));
    }
    for (HeadOptions.Kind kind : List.of(HeadOptions.Kind.LINEAR, HeadOptions.Kind.MLP)) {
      Decoder head = head(natural, kind, seeds[0]);
      all.add(series("head " + kind.id(), natural, alphas, List.of(head::decode)));
    }
    return all;
  }

  private static Series series(
      String name,
      EncodedDataset natural,
      double[] alphas,
      List<Function<FloatMatrix, FloatMatrix>> decoders) {
    LatentSpace test = natural.test();
    List<Point> points = new ArrayList<>();
    for (double alpha : alphas) {
      FloatMatrix scaled = times(test.vectors(), alpha);
      List<Double> accuracies =
          decoders.stream()
              .map(
                  d ->
                      Metric.ACCURACY.of(
                          test.labels(), d.apply(scaled).argMaxRows(), test.classes().size()))
              .toList();
      points.add(new Point(alpha, accuracies));
    }
    return new Series(name, points);
  }

  private static Decoder head(EncodedDataset natural, HeadOptions.Kind kind, long seed) {
    LatentSpace train = natural.train();
    HeadOptions how = PlainHead.of(kind);
    var spec =
        new DecoderSpec(
            DecoderSpec.Reads.ABSOLUTE,
            train.provenance(),
            center(train),
            Similarity.cosine(),
            Centering.NONE,
            train.vectors().columns(),
            train.classes(),
            how.head(),
            seed);
    return HeadTrainer.train(spec, train.vectors(), train.labels(), how);
  }

  private static FloatMatrix times(FloatMatrix x, double factor) {
    float[] values = x.toArray();
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) (values[k] * factor);
    }
    return FloatMatrix.wrap(x.rows(), x.columns(), values);
  }
}
