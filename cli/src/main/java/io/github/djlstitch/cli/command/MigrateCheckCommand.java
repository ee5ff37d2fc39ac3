// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.ExitCode;
import io.github.djlstitch.cli.help.Completed;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.IndexOptions;
import io.github.djlstitch.cli.report.FactSheet;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.ForeignVectors;
import io.github.djlstitch.core.migrate.LikeliestCard;
import io.github.djlstitch.core.migrate.VectorKinds;
import io.github.djlstitch.core.migrate.VectorPopulation;
import io.github.djlstitch.indexes.IndexAddress;
import io.github.djlstitch.indexes.IndexColumns;
import io.github.djlstitch.indexes.VectorSource;
import io.github.djlstitch.indexes.migrate.IndexCheck;
import io.github.djlstitch.indexes.migrate.IndexCheck.RowReport;
import io.github.djlstitch.indexes.migrate.IndexCheck.Verdict;
import io.github.djlstitch.indexes.migrate.IndexRows;
import io.github.djlstitch.indexes.migrate.RowFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells if an index holds vectors of two encoders. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "stitch migrate check INDEX [OPTIONS]",
    description = {
      "Tell if an index holds vectors of more than one encoder; exits with 6 if so.",
      "The surest way first:",
      "  --encoder E      encodes 1000 of its texts again; finds a share of 1 %",
      "  --card A         1000 vectors of the index's own data, known to be clean",
      "  --card A,B       which encoder made each row: a card of each encoder",
      "  nothing          finds two encoders that make a fifth of the rows or more%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch migrate check docs.jsonl --encoder minilm",
      "  stitch migrate check new.fbin --card clean.safetensors --rows rows.tsv",
      "  stitch migrate check lucene:index --card minilm.safetensors,e5.safetensors"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MigrateCheckCommand implements Callable<Integer> {
  private static final int ENCODED = 1000;

  @Parameters(paramLabel = "INDEX", description = "The index, FORMAT:PATH.")
  String address;

  @Completed(path = true)
  @Option(
      completionCandidates = Words.Encoder.class,
      names = "--encoder",
      paramLabel = "E",
      description = "The encoder that should have made all of it.")
  @Nullable String encoder;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "What it put before documents (default: its prefix for documents).")
  @Nullable String prefix;

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description = "The index's texts, if it keeps none: lines of id, tab, text; or .jsonl.")
  @Nullable Path texts;

  @Option(
      names = "--card",
      paramLabel = "INDEX",
      split = ",",
      description = "Vectors known to be of one encoder, FORMAT:PATH; several for several.")
  List<String> cards = List.of();

  @Option(
      names = "--rows",
      paramLabel = "FILE",
      description = "Also write what each row is taken for: number, id, distance, word.")
  @Nullable Path rowFile;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of the rows that are drawn (default: ${DEFAULT-VALUE}).")
  long seed;

  @Mixin IndexOptions index;

  @Mixin FormatOption output;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    if (encoder != null && !cards.isEmpty()) {
      throw StitchException.usage("give --encoder or --card, not both");
    }
    IndexAddress place = IndexAddress.parse(address);
    Console console = common.console();
    var facts = new FactSheet("migrate check");
    Verdict verdict;
    try (VectorSource source = place.format().open(place.path(), index.columns())) {
      @Nullable RowTexts inputs = encoder == null ? null : inputs(source, encoder, console);
      common.prepareEngine();
      IndexCheck check = IndexCheck.of(IndexRows.of(source), seed, console);
      verdict =
          RowFile.write(
              Optional.ofNullable(rowFile),
              report -> verdict(check, IndexRows.of(source), inputs, report, facts));
      addTally(check, facts);
    }
    console.clearBar();
    console.print(facts.fact("verdict", verdict.id()).report().in(output.format()));
    return verdict == Verdict.MIXED ? ExitCode.NEGATIVE : ExitCode.DONE;
  }

  private RowTexts inputs(VectorSource source, String name, Console console) {
    var zoo = common.zoo(console);
    zoo.require(name);
    Map<String, String> prefixes = prefix == null ? Map.of() : Map.of(name, prefix);
    return RowTexts.of(zoo, source, texts, prefixes, console);
  }

  private Verdict verdict(
      IndexCheck check,
      IndexRows rows,
      @Nullable RowTexts inputs,
      RowReport report,
      FactSheet facts) {
    if (inputs != null && encoder != null) {
      return byEncoder(check, rows, inputs, encoder, report, facts);
    }
    return switch (cards.size()) {
      case 0 -> alone(check, facts);
      case 1 -> byCard(check, card(cards.get(0)), report, facts);
      default -> byCards(check, report, facts);
    };
  }

  private static Verdict alone(IndexCheck check, FactSheet facts) {
    VectorKinds kinds = check.kinds();
    facts
        .fact("way", "by itself, for shares of a fifth or more")
        .number("gap", kinds.gap())
        .number("gap_of_two_encoders_from", VectorKinds.TWO_KINDS);
    if (kinds.two()) {
      facts.number("share_of_smaller_part", kinds.share());
      return Verdict.MIXED;
    }
    return Verdict.NONE;
  }

  private static Verdict byCard(
      IndexCheck check, VectorPopulation card, RowReport report, FactSheet facts) {
    facts.fact("way", "by a card of the index's own data");
    Verdict verdict = check.verdict(compare(check, card, report, facts));
    if (verdict == Verdict.NONE) {
      facts.fact("because", "the card is of other data, or all rows of another encoder");
    }
    return verdict;
  }

  private static ForeignVectors.Finding compare(
      IndexCheck check, VectorPopulation card, RowReport report, FactSheet facts) {
    ForeignVectors.Finding finding = check.compare(card, report);
    facts
        .count("beyond_the_card", finding.beyond())
        .number("expected_by_chance", finding.expected())
        .number("share", finding.share())
        .number("share_low", finding.low())
        .number("share_high", finding.high())
        .number("p", finding.pValue());
    return finding;
  }

  private Verdict byCards(IndexCheck check, RowReport report, FactSheet facts) {
    List<VectorPopulation> populations = new ArrayList<>();
    for (String name : cards) {
      populations.add(card(name));
    }
    LikeliestCard assigned = check.assign(populations, cards, report);
    facts.fact("way", "by the likeliest card of each row");
    long[] counts = assigned.counts();
    IntStream.range(0, counts.length).forEach(i -> facts.count(cards.get(i), counts[i]));
    return assigned.isMixed() ? Verdict.MIXED : Verdict.CLEAN;
  }

  private static Verdict byEncoder(
      IndexCheck check,
      IndexRows rows,
      RowTexts inputs,
      String name,
      RowReport report,
      FactSheet facts) {
    long[] drawn = check.some(ENCODED);
    double[] cosines = inputs.cosines(name, drawn);
    int[] same =
        IntStream.range(0, drawn.length).filter(i -> cosines[i] >= RowTexts.SAME).toArray();
    facts
        .fact("way", "by texts encoded again with " + name)
        .count("encoded_again", drawn.length)
        .count("not_as_encoded", drawn.length - same.length);
    Verdict verdict = IndexCheck.encoded(drawn.length - same.length, drawn.length);
    if (same.length < VectorPopulation.FEWEST) {
      facts.fact("card", "none: too few rows are as that encoder makes them");
      return verdict;
    }
    long[] known = IntStream.of(same).mapToLong(i -> drawn[i]).toArray();
    VectorPopulation card = VectorPopulation.of(rows.select(known));
    ForeignVectors.Finding finding = compare(check, card, report, facts);
    return verdict == Verdict.MIXED ? verdict : IndexCheck.certain(finding);
  }

  private static VectorPopulation card(String name) {
    IndexAddress place = IndexAddress.parse(name);
    try (VectorSource source = place.format().open(place.path(), IndexColumns.usual())) {
      return VectorPopulation.of(IndexRows.of(source).first(VectorPopulation.MOST));
    }
  }

  private static void addTally(IndexCheck check, FactSheet facts) {
    var tally = check.tally();
    facts
        .count("rows", tally.rows())
        .count("not_finite", tally.notFinite())
        .count("zero", tally.zero())
        .count("duplicates", tally.duplicates())
        .number("mean_norm", tally.meanNorm())
        .number("std_norm", tally.deviation());
  }
}
