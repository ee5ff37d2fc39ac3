// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.FileOptions;
import io.github.djlstitch.cli.option.ReadoutOptions;
import io.github.djlstitch.cli.option.SavedHeadOptions;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.report.Predictions;
import io.github.djlstitch.zoo.HeadJob;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.StitchedClassifier;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.internal.data.ImageInputs;
import io.github.djlstitch.zoo.internal.data.InputRow;
import io.github.djlstitch.zoo.internal.data.TextInputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Texts or images to labels, by an encoder and the saved head of another one. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "stitch predict --encoder E --decoder HEAD [INPUT...] [OPTIONS]",
    description = {
      "Classify texts or images with any encoder and a head saved by 'stitch train'.",
      "Nothing is trained, and the training data are not needed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch predict --encoder minilm --decoder trec.safetensors questions.txt",
      "  echo 'Who was Galileo?' | \\",
      "         stitch predict --encoder minilm --decoder trec.safetensors",
      "  stitch predict --encoder minilm --decoder stars.safetensors reviews.csv \\",
      "         --columns text=body,label=stars --top 3 --format csv"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PredictCommand implements Callable<Integer> {
  private static final Path STANDARD_INPUT = Path.of("-");

  @Option(
      names = "--encoder",
      paramLabel = "E",
      required = true,
      description = "The encoder's name, a folder, or hf:ORG/NAME.")
  String encoder;

  @Mixin SavedHeadOptions saved;

  @Parameters(
      arity = "0..*",
      paramLabel = "INPUT",
      description = {
        "Texts: a file with one a line, a .csv, .tsv or .jsonl, or - for standard",
        "input (default). Images: files, folders or .zip archives."
      })
  List<Path> inputs = List.of();

  @Option(
      names = "--input-format",
      paramLabel = "F",
      description = {
        "How texts are stored: lines, csv, tsv or jsonl (default: what the",
        "file's name tells, else lines)."
      })
  TextInputs.@Nullable Form inputForm;

  @Mixin FileOptions file;

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "How many classes to print, the most probable first (default: ${DEFAULT-VALUE}).")
  int top;

  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "table",
      description = "Form of the results: table, csv or jsonl (default: ${DEFAULT-VALUE}).")
  Predictions.Form form;

  @Mixin ReadoutOptions readout;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    Optional<Method> wanted = saved.method();
    ClassifierHead head = saved.load();
    if (top < 1 || top > head.spec().classes().size()) {
      throw StitchException.usage(
          "--top %d; expected 1 to %d, the number of the head's classes",
          top, head.spec().classes().size());
    }
    DatasetOptions reading = file.over(HeadJob.reading(head));
    ClassifierHead fed = saved.withAnchorTexts(head, reading);
    Console console = common.console();
    ModelZoo zoo = common.zoo(console, readout);
    if (readsImages(zoo)) {
      images(zoo, fed, wanted, console);
    } else {
      texts(zoo, fed, wanted, reading, console);
    }
    return 0;
  }

  // One that reads both is given what the first input looks like.
  private boolean readsImages(ModelZoo zoo) {
    String reads = zoo.describe(encoder).getOrDefault("reads", "");
    boolean both = reads.contains("images") && reads.contains("texts");
    return both
        ? !inputs.isEmpty() && ImageInputs.areImages(inputs.get(0))
        : zoo.readsImages(encoder);
  }

  private void images(ModelZoo zoo, ClassifierHead head, Optional<Method> wanted, Console console) {
    if (inputs.isEmpty()) {
      throw StitchException.usage(
          "'%s' reads images; give image files, folders or .zip archives", encoder);
    }
    List<InputRow<ImageSource>> rows = ImageInputs.of(inputs, new HashSet<>(head.spec().classes()));
    try (var classifier = StitchedClassifier.ofImages(zoo, encoder, head, wanted)) {
      var stream = new PredictionStream<>(classifier, form, top, console, rows.size());
      rows.forEach(stream::accept);
      stream.end();
    }
  }

  private void texts(
      ModelZoo zoo,
      ClassifierHead head,
      Optional<Method> wanted,
      DatasetOptions reading,
      Console console) {
    List<Path> files = inputs.isEmpty() ? List.of(STANDARD_INPUT) : inputs;
    files.forEach(PredictCommand::requireTexts);
    try (var classifier = StitchedClassifier.ofTexts(zoo, encoder, head, wanted)) {
      var stream = new PredictionStream<>(classifier, form, top, console, 0);
      for (Path from : files) {
        if (from.equals(STANDARD_INPUT)) {
          var stored = inputForm == null ? TextInputs.Form.LINES : inputForm;
          TextInputs.forEach(System.in, "standard input", stored, reading, stream::accept);
        } else {
          var stored = inputForm == null ? TextInputs.Form.of(from) : inputForm;
          TextInputs.forEach(from, stored, reading, stream::accept);
        }
      }
      stream.end();
    }
  }

  private static void requireTexts(Path from) {
    if (Files.isDirectory(from) || ImageInputs.areImages(from)) {
      throw StitchException.usage(
          "'%s' is not a file of texts; give texts, or an encoder that reads images", from);
    }
  }
}
