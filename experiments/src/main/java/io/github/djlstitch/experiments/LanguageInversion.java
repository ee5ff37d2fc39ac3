// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.TranslationQuality;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Standardization;
import io.github.djlstitch.core.relative.Subspaces;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Sentences of other languages in an English encoder's space (Maiorca et al. 2024, Table 1). */
final class LanguageInversion implements Experiment {
  private static final int OMEGA = Subspaces.PUBLISHED_OMEGA;
  private static final int ANCHORS = 400; // of 701 parallel training sentences
  private static final String ENGLISH = "eng_Latn";

  /** A row of the paper's table: no translation, XLM-R, and IRP. */
  private record Published(double absolute, double xlmr, double irp) {}

  private static final Map<String, Published> PAPER =
      Map.of(
          "eng_Latn", new Published(1.00, 1.00, .97),
          "spa_Latn", new Published(.00, .99, .97),
          "fra_Latn", new Published(-.02, .99, .97),
          "jpn_Jpan", new Published(.03, .99, .97));

  @Override
  public Card card() {
    return new Card(
        "irp-table1",
        List.of(),
        "Sentences of other languages in English space",
        "Maiorca et al. 2024 (arXiv:2406.15057), table of language inversion",
        "Parallel sentences are the anchors. A test sentence of another language becomes its cosines"
            + " with the anchors in its own encoder's space and is taken back from there into the"
            + " English encoder's space; cosine with the English sentence's own vector, centred on"
            + " the anchors and as the encoder gives it, beside the same for random pairs.",
        "WikiMatrix (here: SIB-200, the same sentences in eng, spa, fra, jpn, zho)",
        3);
  }

  /** A language in an encoder's space. */
  private record Source(String language, IrpSpace space) {}

  @Override
  public Findings run(Lab lab) {
    List<Source> sources = new ArrayList<>();
    for (Map.Entry<String, List<String>> entry : encoders(lab).entrySet()) {
      Optional<LabelledData> data =
          lab.availableData(DatasetOptions.defaults(), "sib200:" + entry.getKey());
      if (data.isEmpty()) {
        lab.note("SIB-200 in " + entry.getKey() + " is not available");
        continue;
      }
      for (String encoder : entry.getValue()) {
        EncodedDataset encoded = lab.encode(encoder, data.get());
        Anchors anchors =
            sources.isEmpty() ? choose(lab, encoded) : sources.get(0).space().anchors();
        sources.add(new Source(entry.getKey(), IrpSpace.of(encoded, anchors)));
      }
    }
    if (sources.isEmpty() || !sources.get(0).language().equals(ENGLISH)) {
      throw StitchException.unavailable(
          "SIB-200 in English is not available; give --data FOLDER that has sib200");
    }
    return findings(lab, sources);
  }

  private static Anchors choose(Lab lab, EncodedDataset english) {
    return AnchorSelector.UNIFORM.select(english.train(), lab.anchors(ANCHORS), lab.firstSeed());
  }

  // English first: its first encoder's space is decoded to.
  private static Map<String, List<String>> encoders(Lab lab) {
    Map<String, List<String>> encoders = new LinkedHashMap<>();
    List<String> english = lab.textEncoders("bge-small", "minilm", "e5-small");
    encoders.put(ENGLISH, english);
    String first = english.get(0);
    boolean chosen = !lab.givenEncoders().isEmpty();
    encoders.put("spa_Latn", own(lab, chosen, "roberta-es", first));
    encoders.put("fra_Latn", own(lab, chosen, "roberta-fr", first));
    encoders.put("jpn_Jpan", own(lab, chosen, "roberta-ja", first));
    encoders.put("zho_Hans", chosen ? english : List.of("bge-small-zh", first));
    return encoders;
  }

  private static List<String> own(Lab lab, boolean chosen, String published, String english) {
    if (chosen) {
      return lab.textEncoders();
    }
    return lab.zoo().atHand().contains(published) ? List.of(published, english) : List.of(english);
  }

  /** Quality of one source's translation, centered on the anchors and not. */
  private record Quality(TranslationQuality centered, TranslationQuality plain) {}

  private static Findings findings(Lab lab, List<Source> sources) {
    var found = new IrpFindings();
    IrpSpace target = sources.get(0).space();
    long seed = lab.firstSeed();
    Subspaces kept = target.prune(seed);
    SpaceCodec irp = target.irp(kept);
    List<List<Cell>> rows = new ArrayList<>();
    List<Double> cosines = new ArrayList<>();
    for (Source source : sources) {
      requireParallel(source, target);
      Quality byIrp = quality(target, irp.fromRelative(source.space().codes()), seed);
      Quality byAuto = quality(target, target.byAutomaticCodec(source.space()), seed);
      rows.add(row(source, absolute(source.space(), target, seed), byIrp, byAuto));
      if (!source.language().equals(ENGLISH)) {
        cosines.add(byIrp.plain().cosineMean());
        claim(found, source, byIrp);
      }
    }
    found.add(table(target, rows));
    note(found, kept, irp);
    double mean = cosines.stream().mapToDouble(c -> c).average().orElse(Double.NaN);
    found.claim(mean >= .9, "mean uncentred cosine over other languages %.2f (paper .97)", mean);
    return found.found();
  }

  private static Table table(IrpSpace target, List<List<Cell>> rows) {
    return new Table(
        "inversion",
        "Cosine with the English vectors of " + target.name(),
        List.of(
            "language",
            "encoder",
            "absolute",
            "IRP",
            "chance",
            "IRP centred",
            "chance c.",
            "IRP found@1",
            "auto",
            "auto centred",
            "auto found@1",
            "paper absolute",
            "paper XLM-R",
            "paper IRP"),
        2,
        rows,
        List.of(
            "Mean cosine +- standard deviation over the test sentences. 'chance' is the same"
                + " for random pairs: spaces whose vectors all point one way have a high one."
                + " 'centred' is around the anchors' mean, where chance is near 0; found@1:"
                + " share of sentences whose nearest English vector is their own."));
  }

  private static void note(IrpFindings found, Subspaces kept, SpaceCodec irp) {
    found.note(
        String.format(
            Locale.ROOT,
            "IRP keeps %.0f of %d anchors (delta %.2f, omega %d, chosen on the English space alone;"
                + " the paper has omega %d) with condition number %.0f.",
            kept.kept().stream().mapToInt(List::size).average().orElse(0),
            kept.anchors(),
            kept.delta(),
            kept.omega(),
            OMEGA,
            irp.diagnostics().conditionNumber()));
    found.note(
        "The paper's encoders are RoBERTas of each language over WikiMatrix sentences; here those"
            + " available over SIB-200. A language without an available encoder of its own is read by"
            + " an English one, which handles it poorly: Latin script in parts, Japanese hardly.");
  }

  private static void claim(IrpFindings found, Source source, Quality byIrp) {
    found.claim(
        byIrp.centered().isAligned(),
        "%s by %s: IRP brings sentences nearer to their own English vectors than to others (centred"
            + " cosine %.2f against %.2f for random pairs; uncentred %.2f against %.2f, paper %s)",
        source.language(),
        source.space().name(),
        byIrp.centered().cosineMean(),
        byIrp.centered().chanceCosine(),
        byIrp.plain().cosineMean(),
        byIrp.plain().chanceCosine(),
        PAPER.containsKey(source.language()) ? ".97" : "without this language");
  }

  private static Quality quality(IrpSpace target, FloatMatrix carried, long seed) {
    return new Quality(
        TranslationQuality.of(carried, target.own(), seed),
        TranslationQuality.of(target.unstandardized(carried), target.raw(), seed));
  }

  private static OptionalDouble absolute(IrpSpace source, IrpSpace target, long seed) {
    return source.width() == target.width()
        ? OptionalDouble.of(
            TranslationQuality.of(
                    Standardization.unit(source.raw()), Standardization.unit(target.raw()), seed)
                .cosineMean())
        : OptionalDouble.empty();
  }

  private static List<Cell> row(Source source, OptionalDouble absolute, Quality irp, Quality auto) {
    Optional<Published> paper = Optional.ofNullable(PAPER.get(source.language()));
    return List.of(
        Cell.text(source.language()),
        Cell.text(source.space().name()),
        absolute.isPresent() ? Cell.number(absolute.getAsDouble()) : Cell.absent(),
        cosine(irp.plain()),
        Cell.number(irp.plain().chanceCosine()),
        cosine(irp.centered()),
        Cell.number(irp.centered().chanceCosine()),
        Cell.number(irp.centered().retrievalAt1()),
        cosine(auto.plain()),
        cosine(auto.centered()),
        Cell.number(auto.centered().retrievalAt1()),
        paper.map(p -> Cell.number(p.absolute()).withDigits(2)).orElseGet(Cell::absent),
        paper.map(p -> Cell.number(p.xlmr()).withDigits(2)).orElseGet(Cell::absent),
        paper.map(p -> Cell.number(p.irp()).withDigits(2)).orElseGet(Cell::absent));
  }

  private static Cell cosine(TranslationQuality quality) {
    return Cell.paper(quality.cosineMean(), quality.cosineStd());
  }

  private static void requireParallel(Source source, IrpSpace target) {
    if (!source.space().data().test().ids().equals(target.data().test().ids())) {
      throw StitchException.badInput(
          "SIB-200 in %s has other test sentences than in English; all languages need the same",
          source.language());
    }
  }
}
