// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.DataOptions;
import io.github.djlstitch.cli.option.OutputPlace;
import io.github.djlstitch.cli.option.ReadoutOptions;
import io.github.djlstitch.cli.option.SpaceOptions;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.HeadRecipe;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadFile;
import io.github.djlstitch.decoders.HeadTrainer;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.LabelledData;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains and saves one head. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "stitch train --encoder E --out FILE [OPTIONS]",
    description = "Train a head on one encoder's space and save it.",
    footerHeading = "%nExample:%n",
    footer = {
      "  stitch train --encoder bge-small --dataset trec:DIR --out trec-head.json",
      "  stitch --encoder minilm --decoder trec-head.json"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--encoder",
      paramLabel = "E",
      required = true,
      description = "The encoder's name.")
  String encoder;

  @Mixin DataOptions data;

  @Option(
      names = "--reads",
      paramLabel = "SPACE",
      defaultValue = "relative",
      description =
          "What the head reads: relative, absolute or product (default: ${DEFAULT-VALUE}).")
  DecoderSpec.Reads reads;

  @Mixin SpaceOptions space;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The .json file to write; the weights go beside it.")
  Path out;

  @Mixin ReadoutOptions readout;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    OutputPlace.requireFile("--out", out, ".json");
    space.requireReadBy(reads);
    AnchorChoice choice = space.anchors().choice();
    var recipe =
        new HeadRecipe(
            reads, space.similarity(), space.centering(), space.head().head(), space.seed());
    Console console = common.console();
    ModelZoo zoo = common.zoo(console, readout);
    String dataset = data.of(zoo, List.of(encoder), console);
    EncodedDataset encoded = encode(zoo, dataset, choice);
    LatentSpace train = encoded.train();
    Anchors anchors = train.owned(choice.choose(train.anchorCandidates(), space.seed()));
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
            reads.id(),
            encoder,
            dataset,
            accuracy(head, encoded, anchors)));
    return 0;
  }

  private EncodedDataset encode(ModelZoo zoo, String dataset, AnchorChoice choice) {
    Optional<String> from = space.anchors().from();
    zoo.preparation().check(List.of(encoder), dataset, from, data.reading(), List.of(choice));
    LabelledData opened = zoo.dataset(dataset, data.reading());
    Optional<LabelledData> other = from.map(name -> zoo.dataset(name, data.reading()));
    choice.requireEnough(other.orElse(opened).dataset().train().size());
    return zoo.encode(encoder, opened, other);
  }

  private static double accuracy(ClassifierHead head, EncodedDataset encoded, Anchors anchors) {
    var own = AnchoredSpace.of(encoded.train(), anchors);
    int[] predicted =
        head.decode(head.spec().inputs(own).apply(encoded.test().vectors())).argMaxRows();
    return Metric.ACCURACY.of(encoded.test().labels(), predicted, encoded.test().classes().size());
  }
}
