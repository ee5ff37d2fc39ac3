// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.option.CodecOptions;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.OutputPlace;
import io.github.djlstitch.cli.report.FactSheet;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.relative.SpaceCard;
import io.github.djlstitch.core.relative.SpaceCodec.CodecDiagnostics;
import io.github.djlstitch.core.relative.Subspaces;
import io.github.djlstitch.core.space.LatentSpace;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A latent-space file to the card of its space. */
@Command(
    name = "card",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = {
      "stitch card SPACE --out CARD [OPTIONS]",
      "       stitch card SPACE --like OTHER_CARD --out CARD"
    },
    description = {
      "Write a space card: all it takes to send vectors of this space into another, or",
      "to read those of another, without the encoder. It is made of this space alone.",
      "Two cards work together if they speak of the same anchors in the same way; make",
      "the second with --like the first.%n"
    },
    footerHeading = "%nCodecs:%n",
    footer = {
      "  auto         the default: chooses all of its numbers from this space alone, and",
      "               draws what it reads towards the data of this space",
      "  balanced     the same without the last step, so it is linear",
      "  coordinates  ridge coefficients on the anchors in, anchors out",
      "  irp          cosines to the anchors in, their inverse out (inverse relative",
      "               projection); anchors may be pruned, averaged and completed",
      "  parseval     a tight frame of the anchors in the principal components of the",
      "               space",
      "",
      "Examples:",
      "  stitch encode --encoder minilm --dataset trec:DIR --out minilm.safetensors",
      "  stitch encode --encoder e5-small --dataset trec:DIR --out e5.safetensors",
      "  stitch card minilm.safetensors --out minilm-card.safetensors --codec parseval",
      "  stitch card e5.safetensors --out e5-card.safetensors \\",
      "         --like minilm-card.safetensors",
      "  stitch card minilm.safetensors --out irp.safetensors --codec irp \\",
      "         --anchors 768 --delta 0.8 --omega 8"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CardCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SPACE",
      description = "A latent-space file with the anchors, as 'stitch encode' writes it.")
  Path file;

  @Option(
      names = "--out",
      paramLabel = "CARD",
      required = true,
      description = "The .safetensors file to write; its .json goes beside it.")
  Path out;

  @Option(
      names = "--like",
      paramLabel = "OTHER_CARD",
      description = "Take codec, anchors and pruning from the card of another space.")
  @Nullable Path like;

  @Mixin CodecOptions codec;

  @Mixin FormatOption output;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    OutputPlace.requireFile("--out", out, ".safetensors");
    OutputPlace.requireOther("--out", out, file, like == null ? file : like);
    Console console = common.console();
    common.prepareEngine();
    var facts = new FactSheet("card");
    LatentSpace space = LatentSpace.open(file);
    facts.input("space", file, space.provenance().encoder());
    SpaceCard card = card(space);
    card.save(out);
    describe(card, facts);
    console.print(facts.report().in(output.format()));
    console.say("wrote " + out + " and " + LatentSpace.card(out));
    return 0;
  }

  private SpaceCard card(LatentSpace space) {
    if (like == null) {
      return codec.card(space, codec.anchors(space, id -> true, null));
    }
    codec.requireNone("--like brings codec and anchors");
    return CodecOptions.like(SpaceCard.load(like), space);
  }

  private static void describe(SpaceCard card, FactSheet facts) {
    var spec = card.codec().spec();
    CodecDiagnostics diagnostics = card.codec().diagnostics();
    facts
        .fact("encoder", card.provenance().encoder())
        .fact("codec", spec.name())
        .fact("center", spec.centering().id())
        .fact("anchors_sha256", card.anchors().sha256())
        .number("anchors", diagnostics.anchors());
    card.codec().numbers().forEach(facts::number);
    spec.subspaces().ifPresent(subspaces -> pruning(subspaces, facts));
    diagnostics.numbers().forEach(facts::number);
  }

  private static void pruning(Subspaces subspaces, FactSheet facts) {
    facts.number(Diagnostics.DELTA, subspaces.delta()).number(Diagnostics.OMEGA, subspaces.omega());
  }
}
