// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.OutputPlace;
import io.github.djlstitch.cli.option.ReadoutOptions;
import io.github.djlstitch.cli.option.SavedHeadOptions;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.zoo.HeadJob;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.StitchedClassifier;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a stitched model for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "stitch export --encoder E --decoder HEAD --out DIR [OPTIONS]",
    description = {
      "Write an encoder with a head as one TorchScript file that PyTorch, DJL and DJL",
      "Serving load without djl-stitch. Beside it: the tokenizer or the preprocessing,",
      "the class names, a server's settings, and a README with the lines to type. The",
      "numbers are float32, and class scores go out before softmax."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  stitch train --encoder bge-small --dataset trec:DIR --out trec.safetensors",
      "  stitch export --encoder minilm --decoder trec.safetensors --out trec-minilm"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExportCommand implements Callable<Integer> {
  @Option(
      names = "--encoder",
      paramLabel = "E",
      required = true,
      description = "The encoder's name, a folder, or hf:ORG/NAME.")
  String encoder;

  @Mixin SavedHeadOptions saved;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder to write; it must not exist.")
  Path out;

  @Mixin ReadoutOptions readout;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    OutputPlace.requireNewFolder("--out", out);
    Optional<Method> wanted = saved.method();
    ClassifierHead stored = saved.load();
    ClassifierHead head = saved.withAnchorTexts(stored, HeadJob.reading(stored));
    Console console = common.console();
    ModelZoo zoo = common.zoo(console, readout);
    try (StitchedClassifier<?> classifier =
        zoo.readsImages(encoder)
            ? StitchedClassifier.ofImages(zoo, encoder, head, wanted)
            : StitchedClassifier.ofTexts(zoo, encoder, head, wanted)) {
      classifier.export(out);
      console.say(
          "wrote %s: %s into %s by %s, %d classes; its README says how to load it"
              .formatted(
                  out,
                  encoder,
                  head.spec().name(),
                  classifier.method().id(),
                  classifier.classes().size()));
    }
    return 0;
  }
}
