// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.ExitCode;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.cli.option.CodecOptions;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.OutputPlace;
import io.github.djlstitch.cli.report.FactSheet;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.TranslationQuality;
import io.github.djlstitch.core.relative.SpaceCard;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.Translation;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Vectors of one space to vectors of another, without either encoder. */
@Command(
    name = "translate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = {
      "stitch translate VECTORS --from CARD --to CARD --out FILE [OPTIONS]",
      "       stitch translate VECTORS --from SPACE --to SPACE --out FILE [OPTIONS]"
    },
    description = {
      "Carry vectors from one encoder's space into another's. With two space cards",
      "(see 'stitch card') neither encoder nor any data is needed. With two latent-",
      "space files a translator is made from the samples both have as anchors.",
      "",
      "With --reference the quality is measured on samples that are no anchors: the",
      "cosine to the vectors of the target's own encoder (centred), how often that is",
      "the nearest one, and how far the relative vectors differ. If a random pairing",
      "of the samples does as well, the command says 'no alignment' and exits with 6.%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch translate queries.safetensors --from minilm-card.safetensors \\",
      "         --to e5-card.safetensors --out e5-queries.safetensors",
      "  stitch translate minilm-test.safetensors --from minilm-train.safetensors \\",
      "         --to e5-train.safetensors --anchors 100 --codec parseval \\",
      "         --reference e5-test.safetensors --out translated.safetensors",
      "  stitch translate minilm-test.safetensors --from minilm-train.safetensors \\",
      "         --to e5-train.safetensors --method procrustes \\",
      "         --out translated.safetensors"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TranslateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "VECTORS",
      description = "A latent-space file of the first encoder: what is translated.")
  Path vectors;

  @Option(
      names = "--from",
      paramLabel = "CARD|SPACE",
      required = true,
      description = "The first space: its card, or a latent-space file.")
  Path from;

  @Option(
      names = "--to",
      paramLabel = "CARD|SPACE",
      required = true,
      description = "The second space, likewise.")
  Path to;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The latent-space file to write (.safetensors); its card goes beside it.")
  Path out;

  @Option(
      names = "--reference",
      paramLabel = "FILE",
      description = "The same samples by the second encoder: measure the quality.")
  @Nullable Path reference;

  @Option(
      completionCandidates = Words.FittedMethods.class,
      names = "--method",
      paramLabel = "M",
      description =
          "Between latent-space files, in place of --codec: procrustes, ridge, linear, l-ortho,"
              + " affine, asif or self-learning, fitted on both at once.")
  @Nullable String method;

  @Mixin CodecOptions codec;

  @Mixin FormatOption output;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    OutputPlace.requireFile("--out", out, ".safetensors");
    OutputPlace.requireOther(
        "--out", out, vectors, from, to, reference == null ? vectors : reference);
    Console console = common.console();
    common.prepareEngine();
    var facts = new FactSheet("translate");
    Translation translation = translation();
    LatentSpace source = LatentSpace.open(vectors);
    LatentSpace own = reference == null ? null : LatentSpace.open(reference);
    translation.requireSource(source);
    if (own != null) {
      translation.requireTarget(own);
    }
    int code = own == null ? 0 : measure(translation, source, own, facts, console);
    translation.write(source, out, console);
    report(translation, source.ids().size(), facts, console);
    return code;
  }

  /** By two cards, or made from two latent-space files. */
  private Translation translation() {
    @Nullable Method fit = method == null ? null : Method.named(method);
    boolean card = SpaceCard.isCard(from);
    if (card != SpaceCard.isCard(to)) {
      throw StitchException.usage(
          "'%s' is a space card but '%s' is none; give two cards or two latent-space files",
          card ? from : to, card ? to : from);
    }
    if (card) {
      codec.requireNone("the cards bring codec and anchors");
      if (fit != null) {
        throw StitchException.usage("the cards bring their codec; drop --method");
      }
      return Translation.by(SpaceCard.load(from), SpaceCard.load(to));
    }
    if (fit != null && codec.isGiven("--codec")) {
      throw StitchException.usage("give --codec or --method, not both");
    }
    LatentSpace x = LatentSpace.open(from);
    LatentSpace y = LatentSpace.open(to);
    Anchors anchors = codec.anchors(x, Translation.requireCommon(x, y)::contains, fit);
    if (fit != null) {
      return Translation.fitted(x, y, anchors, codec.centering(), codec.bridges(), fit);
    }
    SpaceCard first = codec.card(x, anchors);
    return Translation.by(first, CodecOptions.like(first, y));
  }

  private void report(Translation translation, int vectorCount, FactSheet facts, Console console) {
    facts.input("vectors", vectors, translation.from().encoder());
    facts.input("from", from, translation.from().encoder());
    facts.input("to", to, translation.to().encoder());
    if (reference != null) {
      facts.input("reference", reference, translation.to().encoder());
    }
    facts
        .fact("from", translation.from().encoder())
        .fact("to", translation.to().encoder())
        .fact("method", translation.method())
        .number("vectors", vectorCount)
        .number("anchors", translation.anchors().count());
    translation.diagnostics().forEach(facts::number);
    console.print(facts.report().in(output.format()));
    console.say("wrote " + out + " and " + LatentSpace.card(out));
  }

  private int measure(
      Translation translation,
      LatentSpace source,
      LatentSpace own,
      FactSheet facts,
      Console console) {
    Translation.HeldOut samples = translation.heldOut(source, own);
    TranslationQuality quality =
        TranslationQuality.of(
            translation.standardized(samples.source()),
            translation.target().apply(samples.own()),
            codec.seed());
    facts
        .number("compared", quality.samples())
        .number(Diagnostics.RECONSTRUCTION_COSINE, quality.cosineMean())
        .number("reconstruction_cosine_std", quality.cosineStd())
        .number("retrieval_at_1", quality.retrievalAt1())
        .number("chance_cosine", quality.chanceCosine())
        .number("p", quality.pValue());
    translation
        .mismatch(samples)
        .ifPresent(mismatch -> facts.number(Diagnostics.RELATIVE_MISMATCH, mismatch));
    if (quality.isAligned()) {
      return 0;
    }
    console.warn(
        String.format(
            Locale.ROOT,
            "no alignment: the mean cosine, %.3f, is no better than that of random pairings"
                + " (p = %.3f); are the samples of '%s' those of '%s'?",
            quality.cosineMean(),
            quality.pValue(),
            reference,
            vectors));
    return ExitCode.NEGATIVE;
  }
}
