// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.help.Completed;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.DataOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.OutputPlace;
import io.github.djlstitch.cli.option.PromptOptions;
import io.github.djlstitch.cli.option.ReadoutOptions;
import io.github.djlstitch.cli.option.RelativeOptions;
import io.github.djlstitch.cli.report.FactSheet;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.data.Datasets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
    description = {
      "Encode texts, or a split of a data set, into a latent-space file.%n",
      "With --relative the vectors are relative ones: of each sample its similarities to",
      "the anchors, which are chosen among the texts, or the train samples of the data",
      "set. Two encoders have comparable relative vectors if both have the same anchors:",
      "the same file of them, or the same number of uniform ones of the same data.%n",
      "Encoders for search put other prefixes before queries than before documents:",
      "say what the texts are by --role.%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch encode --encoder minilm texts.txt --out texts.safetensors",
      "  stitch encode --encoder minilm --dataset trec:DIR --split test \\",
      "         --out test.safetensors",
      "  stitch encode --encoder e5-small queries.txt --role query --out q.safetensors",
      "  stitch encode --encoder minilm texts.txt --relative 100 --out a.safetensors",
      "  stitch encode --encoder bge-small texts.txt --relative 100 --out b.safetensors",
      "  stitch compare a.safetensors b.safetensors",
      "  stitch encode --encoder minilm --dataset trec:DIR --relative anchors.json \\",
      "         --similarity euclidean --norm l2 --out relative.safetensors"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class EncodeCommand implements Callable<Integer> {
  /** A split of a data set. */
  public enum Part implements Named {
    TRAIN,
    TEST
  }

  private static final List<String> NOT_OF_TEXTS = List.of("--dataset", "--split");
  private static final List<String> OF_DATA_SETS =
      List.of("--split-size", "--columns", "--separator", "--test-fraction");

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

  @Mixin RelativeOptions relative;

  @Mixin FormatOption output;

  @Mixin ReadoutOptions readout;

  @Mixin PromptOptions prompt;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    OutputPlace.requireFile("--out", out, ".safetensors");
    relative.requireRead();
    requireOneSource();
    Console console = common.console();
    ModelZoo zoo = common.zoo(console, readout, prompt);
    if (relative.isGiven()) {
      writeRelative(zoo, console);
    } else if (texts != null) {
      zoo.encode(encoder, texts, data.reading()).save(out);
    } else {
      zoo.encodeTo(out, encoder, dataset(zoo, console), split.id());
    }
    console.print(facts(LatentSpace.open(out), zoo).report().in(output.format()));
    console.say("wrote " + out + " and " + LatentSpace.card(out));
    return 0;
  }

  private LabelledData dataset(ModelZoo zoo, Console console) {
    String dataset = data.of(zoo, List.of(encoder), console);
    List<AnchorChoice> choices = relative.isGiven() ? List.of(relative.choice()) : List.of();
    zoo.preparation().check(List.of(encoder), dataset, relative.from(), data.reading(), choices);
    return zoo.dataset(dataset, data.reading());
  }

  private void writeRelative(ModelZoo zoo, Console console) {
    if (texts != null) {
      LatentSpace lines = zoo.encode(encoder, texts, data.reading());
      Optional<LatentSpace> from = from(zoo).map(other -> zoo.encode(encoder, other).train());
      LatentSpace space = from.map(lines::withAnchorsFrom).orElse(lines);
      relative.over(space).write(space, out);
    } else {
      LabelledData labelled = dataset(zoo, console);
      Optional<LabelledData> from = from(zoo);
      zoo.preparation().requireAnchors(from.orElse(labelled), relative.choice());
      EncodedDataset encoded = zoo.encode(encoder, labelled, from);
      LatentSpace train = encoded.train();
      relative.over(train).write(split == Part.TRAIN ? train : encoded.test(), out);
    }
  }

  private Optional<LabelledData> from(ModelZoo zoo) {
    return relative.from().map(name -> zoo.dataset(name, data.reading()));
  }

  private static FactSheet facts(LatentSpace space, ModelZoo zoo) {
    Provenance from = space.provenance();
    var sheet =
        new FactSheet("encode")
            .fact("encoder", from.encoder())
            .fact("dataset", from.dataset())
            .fact("split", from.split())
            .fact("encoded", zoo.cacheCounts().misses() == 0 ? "before, and kept" : "now");
    from.prefix()
        .map(Provenance.Prefix::text)
        .ifPresent(text -> sheet.fact("prefix", text.isEmpty() ? "none" : '"' + text + '"'));
    from.relative().ifPresent(anchors -> add(anchors, sheet));
    return sheet.number("vectors", space.ids().size()).number("width", space.vectors().columns());
  }

  private static void add(Provenance.Relative anchors, FactSheet sheet) {
    sheet.fact("anchors_from", anchors.dataset());
    sheet.fact("anchors_sha256", anchors.anchors().sha256());
    anchors.settings().forEach(sheet::fact);
    sheet.number("anchors", anchors.anchors().count());
  }

  private void requireOneSource() {
    if (texts == null) {
      return;
    }
    // A data set that anchors are from is read as these say.
    List<String> others = relative.from().isPresent() ? List.of() : OF_DATA_SETS;
    for (String option : Stream.concat(NOT_OF_TEXTS.stream(), others.stream()).toList()) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw StitchException.usage(
            "%s does not go with the texts of '%s'; give one of the two", option, texts);
      }
    }
    Datasets.requireLines(texts);
  }
}
