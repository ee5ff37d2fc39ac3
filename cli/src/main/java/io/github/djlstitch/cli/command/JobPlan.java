// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.option.NameSelection;
import io.github.djlstitch.cli.option.OptionReaders;
import io.github.djlstitch.cli.option.SelectedNames;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.stitch.BridgeOptions;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchRunner;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadFile;
import io.github.djlstitch.zoo.HeadJob;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.StitchJob;
import io.github.djlstitch.zoo.data.DatasetOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Makes the job of {@code stitch} from its options; refuses what does not go together. */
final class JobPlan {
  private static final String ALL = "all";
  private static final List<String> BROUGHT_BY_HEAD =
      List.of(
          "--anchors",
          "--anchor-strategy",
          "--curve",
          "--similarity",
          "--order",
          "--gamma",
          "--neighbors",
          "--positive-distances",
          "--center",
          "--head",
          "--l2",
          "--balanced",
          "--seed",
          "--seeds");

  private static final List<String> OF_READING =
      List.of("--columns", "--split-size", "--test-fraction");

  private final StitchCommand command;
  private final Console console;

  JobPlan(StitchCommand command, Console console) {
    this.command = command;
    this.console = console;
  }

  /** The job that encoders and decoders of these names make. */
  StitchJob job(ModelZoo zoo, String from, String into) {
    return isFile(into)
        ? withSaved(HeadFile.load(Path.of(into)), from, zoo)
        : trained(zoo, from, into);
  }

  private StitchJob trained(ModelZoo zoo, String from, String into) {
    var parallel = Optional.ofNullable(command.decoderDataset);
    var selected = SelectedNames.of(zoo, command.data, from, into, parallel, console);
    return new StitchJob(
        selected.encoders(),
        selected.decoders(),
        selected.dataset(),
        selected.decoderDataset(),
        command.data.reading(),
        options(methods()),
        command.space.head(),
        Optional.empty(),
        command.space.anchors().from(),
        command.curve.plan(command.space.anchors()));
  }

  // Earlier versions wrote .json files, which are refused by their reader.
  private static boolean isFile(String decoder) {
    return decoder.endsWith(HeadFile.ENDING) || decoder.endsWith(".json");
  }

  // A saved head brings its data set, anchors, similarity and centering; only methods it serves
  // run.
  private StitchJob withSaved(ClassifierHead head, String from, ModelZoo zoo) {
    DecoderSpec spec = head.spec();
    requireNothingBrought();
    List<Method> served = served(spec);
    check(served, Optional.empty());
    String dataset =
        command
            .data
            .given()
            .filter(name -> command.space.isGiven("--dataset"))
            .orElse(spec.training().dataset());
    return new StitchJob(
        NameSelection.of(zoo).reading(zoo, dataset).encoders(from),
        List.of(spec.training().encoder()),
        dataset,
        command.decoderDataset != null ? command.decoderDataset : dataset,
        reading(head),
        new StitchRunner.Options(
            served,
            spec.similarity(),
            spec.centering(),
            bridges(),
            StitchRunner.AnchorChoice.fixed(spec.anchors()),
            spec.head(),
            List.of(spec.seed())),
        command.space.head(),
        Optional.of(head),
        command.space.anchors().from(),
        Optional.empty());
  }

  // The columns and sizes it was trained with, unless others are given.
  private DatasetOptions reading(ClassifierHead head) {
    return OF_READING.stream().anyMatch(command.space::isGiven)
        ? command.data.reading()
        : HeadJob.reading(head);
  }

  private void requireNothingBrought() {
    for (String option : BROUGHT_BY_HEAD) {
      if (command.space.isGiven(option)) {
        throw StitchException.usage(
            "'%s' brings its own anchors, similarity, centring and seed; drop %s",
            command.decoder, option);
      }
    }
  }

  private List<Method> served(DecoderSpec spec) {
    List<Method> served =
        methods(spec.reads()).stream().filter(m -> m.reads() == spec.reads()).toList();
    if (served.isEmpty()) {
      throw StitchException.usage(
          "'%s' reads %s vectors, and none of --method %s gives it those",
          command.decoder, spec.reads().id(), command.method);
    }
    return served;
  }

  private StitchRunner.Options options(List<Method> methods) {
    if (command.seeds < 1) {
      throw StitchException.usage("--seeds %d; expected at least 1", command.seeds);
    }
    var options =
        new StitchRunner.Options(
            methods,
            command.space.similarity(),
            command.space.centering(),
            bridges(),
            command.space.anchors().choice(),
            command.space.head().head(),
            LongStream.range(command.space.seed(), command.space.seed() + command.seeds)
                .boxed()
                .toList());
    check(methods, Optional.of(options.similarity().kind()));
    return options;
  }

  private BridgeOptions bridges() {
    return command.pruning.in(BridgeOptions.defaults().withLambda(command.space.lambda()));
  }

  // Who named the methods is warned of what they do without; of the default ones and all it is
  // no surprise.
  private void check(List<Method> methods, Optional<Similarity.Kind> similarity) {
    command.space.requireTogether();
    if (command.space.isGiven("--omega") && !command.pruning.isGiven()) {
      throw StitchException.usage("--omega needs a --delta above 0");
    }
    boolean named = command.space.isGiven("--method") && !ALL.equals(command.method);
    var readers = new OptionReaders(command.space::isGiven, similarity);
    readers.check(methods).forEach(named ? console::warn : console::say);
  }

  // No method of the default list feeds a product head.
  private List<Method> methods(DecoderSpec.Reads reads) {
    return !command.space.isGiven("--method") && reads == DecoderSpec.Reads.PRODUCT
        ? List.of(Method.PRODUCT)
        : methods();
  }

  private List<Method> methods() {
    if (ALL.equals(command.method)) {
      return List.of(Method.values());
    }
    return Arrays.stream(command.method.split(",", -1))
        .map(id -> Method.named(id.strip()))
        .distinct()
        .sorted()
        .toList();
  }
}
