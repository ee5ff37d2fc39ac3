// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.ExitCode;
import io.github.djlstitch.cli.help.Completed;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.NameSelection;
import io.github.djlstitch.cli.report.Listing;
import io.github.djlstitch.cli.report.Listing.Cell;
import io.github.djlstitch.cli.report.ZooListing;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.ModelCard;
import io.github.djlstitch.zoo.ModelZoo;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists, explains, downloads and verifies what the zoo has. */
@Command(
    name = "zoo",
    subcommands = {ZooCacheCommands.Cache.class, ZooCacheCommands.Prune.class},
    mixinStandardHelpOptions = true,
    description = {
      "Encoders and data sets: what exists, licence, size, whether it is at hand.",
      "Models of the Hugging Face Hub are kept where its Python client keeps them",
      "(HF_HOME, HF_HUB_CACHE); HF_TOKEN, HF_ENDPOINT and HF_HUB_OFFLINE are honoured."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch zoo list",
      "  stitch zoo pull vit-base rexnet",
      "  stitch zoo info hf:google/vit-base-patch16-224",
      "  stitch zoo verify --offline",
      "  stitch zoo cache",
      "  stitch zoo prune --older-than 30 --dry-run"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ZooCommand implements Callable<Integer> {
  @Mixin FormatOption output;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    return list(output, common);
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "List all of it.")
  int list(@Mixin FormatOption output, @Mixin CommonOptions options) {
    Console console = options.console();
    console.print(ZooListing.of(options.zoo(console)).in(output.format()));
    return 0;
  }

  @Command(
      name = "info",
      mixinStandardHelpOptions = true,
      description = "Show one encoder's card and what its files say.")
  int info(
      @Completed(path = true)
          @Parameters(
              paramLabel = "NAME",
              completionCandidates = Words.Encoder.class,
              description = "Name, folder or hf:ORG/NAME.")
          String name,
      @Mixin FormatOption output,
      @Mixin CommonOptions options) {
    Console console = options.console();
    console.print(card(options.zoo(console), name).report().in(output.format()));
    return 0;
  }

  private static Listing card(ModelZoo zoo, String name) {
    var table = new Listing("zoo info", "property", "value").row("encoder", name);
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
    OptionalLong bytes = zoo.bytesAtHand(card);
    table.row(
        "at hand",
        bytes.isPresent()
            ? "yes, " + Cell.size(bytes.getAsLong())
            : "no; 'stitch zoo pull " + name + "' downloads it");
    if (bytes.isPresent()) {
      zoo.describe(name).forEach(table::row);
    }
    return table;
  }

  @Command(
      name = "pull",
      mixinStandardHelpOptions = true,
      description = "Download encoders, to use them offline later.")
  int pull(
      @Parameters(
              arity = "1..*",
              paramLabel = "NAME",
              completionCandidates = Words.Encoder.class,
              description = "Names, globs or hf:ORG/NAME.")
          List<String> names,
      @Mixin FormatOption output,
      @Mixin CommonOptions options) {
    Console console = options.console();
    ModelZoo zoo = options.zoo(console);
    var pulled = new Listing("zoo pull", "encoder", "bytes");
    for (String name : NameSelection.of(zoo).encoders(String.join(",", names))) {
      zoo.require(name);
      console.clearBar();
      boolean named = zoo.names().contains(name);
      OptionalLong bytes = named ? zoo.bytesAtHand(zoo.card(name)) : OptionalLong.empty();
      pulled.row(
          Cell.word(name), bytes.isPresent() ? Cell.bytes(bytes.getAsLong()) : Cell.word("kept"));
    }
    console.print(pulled.report().in(output.format()));
    return 0;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Compare the files of all encoders at hand with their digests.")
  int verify(@Mixin FormatOption output, @Mixin CommonOptions options) {
    Console console = options.console();
    ModelZoo zoo = options.zoo(console);
    var table = new Listing("zoo verify", "encoder", "files");
    boolean sound = true;
    for (String name : zoo.atHand()) {
      String found = verdict(zoo, name);
      sound &= found.equals("ok");
      table.row(name, found);
    }
    console.clearBar();
    console.print(table.report().in(output.format()));
    return sound ? 0 : ExitCode.VERIFICATION;
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
