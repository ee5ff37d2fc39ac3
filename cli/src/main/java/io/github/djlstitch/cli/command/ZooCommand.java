// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.NameSelection;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.report.Blocks;
import io.github.djlstitch.report.Blocks.Lines;
import io.github.djlstitch.report.TextTable;
import io.github.djlstitch.zoo.ModelCard;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.internal.data.DatasetCard;
import io.github.djlstitch.zoo.internal.data.Datasets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists, explains, downloads and verifies what the zoo has. */
@Command(
    name = "zoo",
    mixinStandardHelpOptions = true,
    description = {
      "Encoders and data sets: what exists, licence, origin, whether it is at hand.",
      "Models of the Hugging Face Hub are kept where its Python client keeps them",
      "(HF_HOME, HF_HUB_CACHE); HF_TOKEN, HF_ENDPOINT and HF_HUB_OFFLINE are honoured."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch zoo list",
      "  stitch zoo pull vit-base rexnet",
      "  stitch zoo info hf:google/vit-base-patch16-224",
      "  stitch zoo verify --offline"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ZooCommand implements Callable<Integer> {
  private static final int VERIFICATION_FAILED = 5;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    return list(common);
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "List all of it.")
  int list(@Mixin CommonOptions options) {
    Console console = options.console();
    ModelZoo zoo = options.zoo(console);
    var table = new TextTable("encoder", "reads", "width", "trained on", "licence", "here");
    for (ModelCard card : zoo.cards()) {
      table.row(
          card.name(),
          card.reads(),
          Integer.toString(card.width()),
          card.trainedOn(),
          card.licence(),
          zoo.isAtHand(card) ? "yes" : "no");
    }
    var files = new TextTable("--dataset", "files that it reads");
    Datasets.files().forEach(files::row);
    Blocks listing =
        Blocks.of(
            table.leftAligned(),
            Lines.of("and any folder with a model, and hf:ORG/NAME[@REVISION]"),
            Lines.of("here: comes with the build or is kept; (?): licence not verified"),
            Lines.of("decoders: ENCODER-head, for every encoder above"),
            Lines.blank(),
            datasets().leftAligned(),
            Lines.blank(),
            files.leftAligned());
    console.print(listing.text(false));
    return 0;
  }

  private static TextTable datasets() {
    var table = new TextTable("data set", "holds", "classes", "comes from", "licence");
    for (DatasetCard card : Datasets.cards()) {
      table.row(
          card.name(),
          card.modality().plural(),
          Integer.toString(card.classes()),
          card.hub().map(DatasetCard.HubFiles::repository).orElse(local(card)),
          card.licence());
    }
    return table;
  }

  private static String local(DatasetCard card) {
    return Datasets.needsPath(card.name()) ? "files of yours" : "the build";
  }

  @Command(
      name = "info",
      mixinStandardHelpOptions = true,
      description = "Show one encoder's card and what its files say.")
  int info(
      @Parameters(paramLabel = "NAME", description = "Name, folder or hf:ORG/NAME.") String name,
      @Mixin CommonOptions options) {
    Console console = options.console();
    ModelZoo zoo = options.zoo(console);
    console.print(table(zoo, name).leftAligned().text(false));
    return 0;
  }

  private static TextTable table(ModelZoo zoo, String name) {
    var table = new TextTable("encoder", name);
    if (!zoo.names().contains(name)) {
      zoo.describe(name).forEach(table::row);
      return table;
    }
    ModelCard card = zoo.card(name);
    table
        .row("origin", card.origin())
        .row("licence", card.licence())
        .row("reads", card.reads())
        .row("trained on", card.trainedOn())
        .row("width", Integer.toString(card.width()));
    card.details().forEach(table::row);
    boolean atHand = zoo.isAtHand(card);
    table.row("at hand", atHand ? "yes" : "no; 'stitch zoo pull " + name + "' downloads it");
    if (atHand) {
      zoo.describe(name).forEach(table::row);
    }
    return table;
  }

  @Command(
      name = "pull",
      mixinStandardHelpOptions = true,
      description = "Download encoders, to use them offline later.")
  int pull(
      @Parameters(arity = "1..*", paramLabel = "NAME", description = "Names, globs or hf:ORG/NAME.")
          List<String> names,
      @Mixin CommonOptions options) {
    Console console = options.console();
    ModelZoo zoo = options.zoo(console);
    for (String name : NameSelection.of(zoo).encoders(String.join(",", names))) {
      zoo.require(name);
      console.clearBar();
      console.say(name + " is at hand");
    }
    return 0;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Compare the files of all encoders at hand with their digests.")
  int verify(@Mixin CommonOptions options) {
    Console console = options.console();
    ModelZoo zoo = options.zoo(console);
    var table = new TextTable("encoder", "files");
    boolean sound = true;
    for (String name : zoo.atHand()) {
      String found = verdict(zoo, name);
      sound &= found.equals("ok");
      table.row(name, found);
    }
    console.clearBar();
    console.print(table.leftAligned().text(false));
    return sound ? 0 : VERIFICATION_FAILED;
  }

  private static String verdict(ModelZoo zoo, String name) {
    try {
      zoo.verify(name);
      return "ok";
    } catch (StitchException e) {
      return e.getMessage();
    }
  }
}
