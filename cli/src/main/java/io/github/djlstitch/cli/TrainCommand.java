// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.NearestName;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchRunner;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadFile;
import io.github.djlstitch.decoders.HeadTrainer;
import io.github.djlstitch.zoo.ModelZoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    Method method = method();
    Console console = common.console();
    ModelZoo zoo = common.zoo(console);
    EncodedDataset encoded = zoo.encode(encoder, zoo.dataset(data.dataset, data.reading()));
    List<ClassifierHead> trained = new ArrayList<>();
    var options =
        new StitchRunner.Options(
            List.of(method),
            space.similarity(),
            space.centering(),
            space.lambda(),
            space.anchors(),
            space.head().describe(),
            List.of(seed));
    var report =
        StitchRunner.run(
            List.of(encoded),
            List.of(encoded),
            options,
            (spec, inputs, labels) -> {
              ClassifierHead head = HeadTrainer.train(spec, inputs.get(), labels, space.head());
              trained.add(head);
              return head;
            },
            console);
    HeadFile.save(trained.get(0), out);
    console.say(
        String.format(
            "wrote %s: %s head of %s on %s, test accuracy %.3f (chance %.3f)",
            out,
            method.reads().id(),
            encoder,
            data.dataset,
            report.results().get(0).score(Metric.ACCURACY),
            report.chance()));
    return 0;
  }

  private Method method() {
    List<String> known = List.of(DecoderSpec.Reads.RELATIVE.id(), DecoderSpec.Reads.ABSOLUTE.id());
    if (!known.contains(reads)) {
      throw StitchException.usage(
          "no space '%s'; %sknown: relative, absolute", reads, NearestName.hint(reads, known));
    }
    return DecoderSpec.Reads.RELATIVE.id().equals(reads) ? Method.RELATIVE : Method.ABSOLUTE;
  }
}
