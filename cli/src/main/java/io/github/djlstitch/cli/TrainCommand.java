// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.NearestName;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.HeadRecipe;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.Stitching;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadFile;
import io.github.djlstitch.decoders.HeadTrainer;
import io.github.djlstitch.zoo.ModelZoo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains and saves one head. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Train a head on one encoder's space and save it.",
    footerHeading = "%nExample:%n",
    footer = {
      "  stitch train --encoder bge-small --dataset trec:DIR --out trec-head.json",
      "  stitch --encoder minilm --decoder trec-head.json"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrainCommand implements Callable<Integer> {
  @Option(names = "--encoder", paramLabel = "E", required = true, description = "Its name.")
  String encoder;

  @Mixin DataOptions data;

  @Option(
      names = "--reads",
      paramLabel = "SPACE",
      defaultValue = "relative",
      description = "relative or absolute (default: ${DEFAULT-VALUE}).")
  String reads;

  @Mixin SpaceOptions space;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of the anchors and the head (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The .json file to write; the weights go beside it.")
  Path out;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    HeadFile.weights(out); // refuses another ending before any work
    DecoderSpec.Reads from = reads();
    Console console = common.console();
    ModelZoo zoo = common.zoo(console);
    EncodedDataset encoded = zoo.encode(encoder, zoo.dataset(data.dataset, data.reading()));
    LatentSpace train = encoded.train();
    Anchors anchors = space.anchors().choose(train.ids(), train.labels(), seed);
    var recipe =
        new HeadRecipe(from, space.similarity(), space.centering(), space.head().describe(), seed);
    var head =
        (ClassifierHead)
            recipe.make(
                train,
                anchors,
                (spec, inputs, labels) ->
                    HeadTrainer.train(spec, inputs.get(), labels, space.head()));
    HeadFile.save(head, out);
    console.say(
        String.format(
            Locale.ROOT,
            "wrote %s: %s head of %s on %s, test accuracy %.3f",
            out,
            from.id(),
            encoder,
            data.dataset,
            accuracy(head, encoded, anchors)));
    return 0;
  }

  private static double accuracy(ClassifierHead head, EncodedDataset encoded, Anchors anchors) {
    FloatMatrix own = encoded.train().anchors(anchors);
    Method method =
        head.spec().reads() == DecoderSpec.Reads.RELATIVE ? Method.RELATIVE : Method.ABSOLUTE;
    int[] predicted =
        Stitching.of(method, own, own, Similarity.DEFAULT_LAMBDA, head)
            .predict(encoded.test().vectors());
    return Metric.ACCURACY.of(encoded.test().labels(), predicted, encoded.test().classes().size());
  }

  private DecoderSpec.Reads reads() {
    List<String> known =
        Arrays.stream(DecoderSpec.Reads.values()).map(DecoderSpec.Reads::id).toList();
    if (!known.contains(reads)) {
      throw StitchException.usage(
          "no space '%s'; %sknown: %s",
          reads, NearestName.hint(reads, known), String.join(", ", known));
    }
    return DecoderSpec.Reads.valueOf(reads.toUpperCase(Locale.ROOT));
  }
}
