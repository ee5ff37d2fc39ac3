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
import io.github.djlstitch.cli.report.FactSheet;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.data.Datasets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Texts to a latent-space file. */
@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = {
      "stitch encode --encoder E FILE --out FILE [OPTIONS]",
      "       stitch encode --encoder E --dataset DATA --out FILE [OPTIONS]"
    },
    description = "Encode texts, or a split of a data set, into a latent-space file.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch encode --encoder minilm texts.txt --out texts.safetensors",
      "  stitch encode --encoder minilm --dataset trec:DIR --split test \\",
      "         --out test.safetensors"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class EncodeCommand implements Callable<Integer> {
  /** A split of a data set. */
  public enum Part implements Named {
    TRAIN,
    TEST
  }

  private static final List<String> NOT_OF_TEXTS =
      List.of(
          "--dataset", "--split", "--split-size", "--columns", "--separator", "--test-fraction");

  @Spec CommandSpec spec;

  @Completed(path = true)
  @Option(
      completionCandidates = Words.Encoder.class,
      names = "--encoder",
      paramLabel = "E",
      required = true,
      description = "The encoder's name.")
  String encoder;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Texts, one a line; without it, --dataset is encoded.")
  @Nullable Path texts;

  @Mixin DataOptions data;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "train",
      description = "The split of --dataset: train or test (default: ${DEFAULT-VALUE}).")
  Part split;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The .safetensors file to write; its card goes beside it.")
  Path out;

  @Mixin FormatOption output;

  @Mixin ReadoutOptions readout;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    OutputPlace.requireFile("--out", out, ".safetensors");
    requireOneSource();
    Console console = common.console();
    ModelZoo zoo = common.zoo(console, readout);
    if (texts != null) {
      zoo.encodeTo(out, encoder, texts, data.reading());
    } else {
      zoo.encodeTo(out, encoder, dataset(zoo, console), split.id());
    }
    console.print(facts(LatentSpace.open(out), zoo).report().in(output.format()));
    console.say("wrote " + out + " and " + LatentSpace.card(out));
    return 0;
  }

  private LabelledData dataset(ModelZoo zoo, Console console) {
    String dataset = data.of(zoo, List.of(encoder), console);
    zoo.preparation().check(List.of(encoder), dataset, Optional.empty(), data.reading(), List.of());
    return zoo.dataset(dataset, data.reading());
  }

  private static FactSheet facts(LatentSpace space, ModelZoo zoo) {
    return new FactSheet("encode")
        .fact("encoder", space.provenance().encoder())
        .fact("dataset", space.provenance().dataset())
        .fact("split", space.provenance().split())
        .fact("encoded", zoo.cacheCounts().misses() == 0 ? "before, and kept" : "now")
        .number("vectors", space.ids().size())
        .number("width", space.vectors().columns());
  }

  private void requireOneSource() {
    if (texts == null) {
      return;
    }
    for (String option : NOT_OF_TEXTS) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw StitchException.usage(
            "%s does not go with the texts of '%s'; give one of the two", option, texts);
      }
    }
    Datasets.requireLines(texts);
  }
}
