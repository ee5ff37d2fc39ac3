// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.help.Completed;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.DataOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.OutputPlace;
import io.github.djlstitch.cli.option.ReadoutOptions;
import io.github.djlstitch.cli.option.SpaceOptions;
import io.github.djlstitch.cli.report.FactSheet;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.HeadRecipe;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadFile;
import io.github.djlstitch.decoders.Standalone;
import io.github.djlstitch.zoo.HeadJob;
import io.github.djlstitch.zoo.ModelZoo;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
    description = {
      "Train a head on one encoder's space and save it, with all that it takes to feed it",
      "from any other encoder."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  stitch train --encoder bge-small --dataset trec:DIR --out trec.safetensors",
      "  stitch predict --encoder minilm --decoder trec.safetensors questions.txt",
      "  stitch --encoder minilm --decoder trec.safetensors"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrainCommand implements Callable<Integer> {
  @Completed(path = true)
  @Option(
      completionCandidates = Words.Encoder.class,
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
      description = "The .safetensors file to write: all that a use of the head needs.")
  Path out;

  @Option(
      names = "--without-anchor-inputs",
      description =
          "Leave the texts or images of the anchors out of the file, for private data; other"
              + " encoders then need --anchor-texts.")
  boolean withoutInputs;

  @Mixin FormatOption output;

  @Mixin ReadoutOptions readout;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    OutputPlace.requireFile("--out", out, HeadFile.ENDING);
    space.requireReadBy(reads);
    AnchorChoice choice = space.anchors().choice();
    var recipe =
        new HeadRecipe(
            reads, space.similarity(), space.centering(), space.head().head(), space.seed());
    Console console = common.console();
    ModelZoo zoo = common.zoo(console, readout);
    String dataset = data.of(zoo, List.of(encoder), console);
    Optional<String> from = space.anchors().from();
    zoo.preparation().check(List.of(encoder), dataset, from, data.reading(), List.of(choice));
    ClassifierHead head =
        new HeadJob(encoder, dataset, data.reading(), from, choice, recipe, space.head()).run(zoo);
    HeadFile.save(withoutInputs ? head.with(privately(head)) : head, out);
    double accuracy = Objects.requireNonNull(head.metrics().get(HeadJob.TEST_ACCURACY));
    console.print(facts(dataset, head, accuracy).report().in(output.format()));
    console.say(
        String.format(
            Locale.ROOT,
            "wrote %s: %s head of %s on %s, test accuracy %.3f",
            out,
            reads.id(),
            encoder,
            dataset,
            accuracy));
    return 0;
  }

  private FactSheet facts(String dataset, ClassifierHead head, double accuracy) {
    return new FactSheet("train")
        .fact("encoder", encoder)
        .fact("dataset", dataset)
        .fact("reads", reads.id())
        .number("anchors", head.spec().anchors().count())
        .number("test_accuracy", accuracy);
  }

  private static Standalone privately(ClassifierHead head) {
    return head.standalone().orElseThrow().withoutInputs();
  }
}
