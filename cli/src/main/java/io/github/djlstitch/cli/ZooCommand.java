// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.encoders.block.NumberType;
import io.github.djlstitch.zoo.ModelCard;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.Datasets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What there is. */
@Command(
    name = "zoo",
    mixinStandardHelpOptions = true,
    description = "Encoders and data sets: what exists, licence, origin, whether it is unpacked.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ZooCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    return list(common);
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "List all of it.")
  int list(@Mixin CommonOptions options) {
    Console console = options.console();
    ModelZoo zoo = options.zoo(console);
    var table = new TextTable("encoder", "width", "tokens", "pooling", "language", "licence");
    for (ModelCard card : zoo.cards()) {
      table.row(
          card.name(),
          Integer.toString(card.width()),
          Integer.toString(card.maxTokens()),
          card.pooling().id(),
          card.languages(),
          card.licence());
    }
    console.out().println(table.text());
    console.out().println("decoders: ENCODER-head, for every encoder above");
    console.out().println("data sets: " + Datasets.forms());
    console.out().flush();
    return 0;
  }

  @Command(name = "info", mixinStandardHelpOptions = true, description = "Show one encoder's card.")
  int info(
      @Parameters(paramLabel = "NAME", description = "The encoder.") String name,
      @Mixin CommonOptions options) {
    Console console = options.console();
    ModelZoo zoo = options.zoo(console);
    ModelCard card = zoo.card(name);
    var table =
        new TextTable("encoder", card.name())
            .row("origin", card.origin())
            .row("licence", card.licence())
            .row("language", card.languages())
            .row("width", Integer.toString(card.width()))
            .row("layers", Integer.toString(card.config().layers()))
            .row("pooling", card.pooling().id())
            .row("prefix", card.prefix().isEmpty() ? "none" : '"' + card.prefix() + '"')
            .row("maximum tokens", Integer.toString(card.maxTokens()))
            .row("files from", card.source())
            .row("weights sha256", card.weights().sha256())
            .row("tokenizer sha256", card.tokenizer().sha256())
            .row("key (float32)", card.sha256(NumberType.FLOAT32))
            .row("unpacked", zoo.isCached(card) ? "yes" : "at first use");
    console.out().print(table.leftAligned());
    console.out().flush();
    return 0;
  }
}
