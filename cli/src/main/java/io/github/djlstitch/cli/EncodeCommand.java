// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.space.LatentSpaceFile;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.TextLines;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Texts to a latent-space file. */
@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Encode texts, or a split of a data set, into a latent-space file.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch encode --encoder minilm texts.txt --out texts.safetensors",
      "  stitch encode --encoder minilm --dataset trec:DIR --split test \\",
      "         --out test.safetensors"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EncodeCommand implements Callable<Integer> {
  @Option(names = "--encoder", paramLabel = "E", required = true, description = "Its name.")
  String encoder;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Texts, one a line, or .jsonl with \"text\" and optionally \"id\".")
  @Nullable Path texts;

  @Mixin DataOptions data;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "train",
      description = "train or test, of --dataset (default: ${DEFAULT-VALUE}).")
  String split;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The .safetensors file to write; its card goes beside it.")
  Path out;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    if (!out.getFileName().toString().endsWith(".safetensors")) {
      throw StitchException.usage("--out '%s' must end in .safetensors", out);
    }
    Console console = common.console();
    ModelZoo zoo = common.zoo(console);
    zoo.card(encoder);
    if (texts != null) {
      zoo.encodeTo(out, encoder, TextLines.read(texts));
    } else {
      encodeSplit(zoo);
    }
    var space = LatentSpaceFile.open(out);
    console.say(
        String.format(
            "wrote %d vectors of %d values to %s and %s",
            space.ids().size(), space.vectors().columns(), out, LatentSpaceFile.card(out)));
    return 0;
  }

  private void encodeSplit(ModelZoo zoo) {
    if (!"train".equals(split) && !"test".equals(split)) {
      throw StitchException.usage("no split '%s'; known: train, test", split);
    }
    Dataset<String> dataset = zoo.dataset(data.dataset, data.reading());
    zoo.encodeTo(out, encoder, dataset, split);
  }
}
