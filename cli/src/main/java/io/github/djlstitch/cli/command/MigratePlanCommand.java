// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.console.ExitCode;
import io.github.djlstitch.cli.console.Origin;
import io.github.djlstitch.cli.console.Version;
import io.github.djlstitch.cli.help.Completed;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.IndexOptions;
import io.github.djlstitch.cli.option.OutputPlace;
import io.github.djlstitch.cli.report.DocumentFiles;
import io.github.djlstitch.cli.report.PlanDocument;
import io.github.djlstitch.cli.report.Reports;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.MigrationPlan;
import io.github.djlstitch.core.migrate.MigrationPlan.Verdict;
import io.github.djlstitch.core.migrate.MigrationSettings;
import io.github.djlstitch.core.migrate.MigrationStudy;
import io.github.djlstitch.core.migrate.MigrationStudy.Queries;
import io.github.djlstitch.core.migrate.Side;
import io.github.djlstitch.indexes.IndexAddress;
import io.github.djlstitch.indexes.VectorSource;
import io.github.djlstitch.indexes.migrate.IndexRows;
import io.github.djlstitch.indexes.migrate.PlanFile;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.Report;
import io.github.djlstitch.report.json.DocumentJson;
import io.github.djlstitch.zoo.ModelZoo;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a change of encoder would do to an index, before it is done. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = {
      "stitch migrate plan OLD --old-encoder E --new-encoder E --out DIR",
      "       [--queries Q --qrels R] [OPTIONS]"
    },
    description = {
      "Encode a sample of an index's texts with the new encoder, fit bridges between",
      "the spaces, and measure on judged queries what the migrated index would find.",
      "One half of the queries chooses the method, the other half reports.",
      "",
      "Exits with 6 if the verdict is NO-GO. Without judged queries there is none: how",
      "well a sample aligns does not tell what retrieval loses.%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch migrate plan fbin:docs.fbin --texts docs.tsv --old-encoder minilm \\",
      "         --new-encoder e5-small --queries queries.tsv --qrels qrels.tsv --out plan",
      "  stitch migrate plan lucene:index --old-encoder gone --new-encoder bge-small \\",
      "         --queries queries.jsonl --qrels test.tsv --side documents --out plan"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MigratePlanCommand implements Callable<Integer> {
  /** The word for an old encoder that cannot be run any more. */
  private static final String GONE = "gone";

  private static final String BOTH = "both";

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "OLD", description = "The old index, FORMAT:PATH.")
  String old;

  @Completed(path = true)
  @Option(
      completionCandidates = Words.Encoder.class,
      names = "--old-encoder",
      paramLabel = "E",
      required = true,
      description = "The encoder that made it; 'gone' if it cannot be run any more.")
  String oldEncoder;

  @Option(
      names = "--old-prefix",
      paramLabel = "TEXT",
      description = "What it put before documents (default: its prefix for documents).")
  @Nullable String oldPrefix;

  @Completed(path = true)
  @Option(
      completionCandidates = Words.Encoder.class,
      names = "--new-encoder",
      paramLabel = "E",
      required = true,
      description = "The encoder to change to.")
  String newEncoder;

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description = "The index's texts, if it keeps none: lines of id, tab, text; or .jsonl.")
  @Nullable Path texts;

  @Option(names = "--queries", paramLabel = "FILE", description = "Queries, likewise.")
  @Nullable Path queries;

  @Option(
      names = "--qrels",
      paramLabel = "FILE",
      description = "Judgments: lines of query, document, gain; as TREC or BEIR have them.")
  @Nullable Path judgments;

  @Option(
      names = "--side",
      paramLabel = "SIDE",
      defaultValue = BOTH,
      description = {
        "What is carried over: documents (stored vectors into the new space), queries",
        "(new queries into the old space), or both (default: ${DEFAULT-VALUE})."
      })
  String side;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "" + MigrationSettings.DEFAULT_SAMPLE,
      description = "Texts to fit the bridges on (default: ${DEFAULT-VALUE}).")
  int sample;

  @Option(
      names = "--spans",
      paramLabel = "N",
      description = "Short spans of them, to fit bridges for queries on (default: as many).")
  @Nullable Integer spans;

  @Option(
      names = "--fail-under",
      paramLabel = "SHARE",
      description = {
        "Where the old encoder is gone, the share of full re-embedding that is wanted,",
        "up to 1 (default: "
            + MigrationSettings.DEFAULT_SHARE
            + "). If given, TOO CLOSE exits with 6, too."
      })
  @Nullable Double failUnder;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of the sample and the intervals (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the plan, its bridges and report.html.")
  Path out;

  @Mixin IndexOptions index;

  @Mixin FormatOption output;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    IndexAddress address = IndexAddress.parse(old);
    OutputPlace.requireNewFolder("--out", out);
    if ((queries == null) != (judgments == null)) {
      throw StitchException.usage("--queries and --qrels go together; give both or neither");
    }
    MigrationSettings settings = settings();
    Console console = common.console();
    ModelZoo zoo = common.zoo(console);
    long start = System.nanoTime();
    try (VectorSource source = address.format().open(address.path(), index.columns())) {
      EncoderChange change = change(zoo, source, console);
      Optional<Queries> asked =
          queries == null || judgments == null
              ? Optional.empty()
              : Optional.of(change.queries(queries, judgments));
      tellCost(settings, asked, console);
      MigrationPlan plan = plan(settings, source, change, asked, console);
      console.clearBar();
      PlanFile.save(out, address.toString(), change.from(address.toString()), change.to(), plan);
      return report(plan, zoo, (System.nanoTime() - start) / 1e9, console);
    }
  }

  private boolean isGone() {
    return oldEncoder.equals(GONE);
  }

  private EncoderChange change(ModelZoo zoo, VectorSource source, Console console) {
    zoo.require(newEncoder);
    if (!isGone()) {
      zoo.require(oldEncoder);
    }
    Map<String, String> prefixes = oldPrefix == null ? Map.of() : Map.of(oldEncoder, oldPrefix);
    return new EncoderChange(
        RowTexts.of(zoo, source, texts, prefixes, console),
        isGone() ? Optional.empty() : Optional.of(oldEncoder),
        newEncoder);
  }

  private MigrationPlan plan(
      MigrationSettings settings,
      VectorSource source,
      EncoderChange change,
      Optional<Queries> asked,
      Console console) {
    var compared = new AtomicBoolean();
    return MigrationStudy.of(
        settings,
        IndexRows.of(source),
        rows -> {
          // The first rows that are asked for are the sample.
          if (compared.compareAndSet(false, true)) {
            change.requireOld(rows);
          }
          return change.again(rows);
        },
        asked,
        sample -> change.spans(sample, spanCount(settings), seed),
        console);
  }

  private MigrationSettings settings() {
    List<Side> sides =
        side.equals(BOTH)
            ? List.of(Side.values())
            : List.of(Side.values()).stream().filter(s -> s.id().equals(side)).toList();
    if (sides.isEmpty()) {
      throw StitchException.usage("--side '%s'; expected documents, queries or both", side);
    }
    return new MigrationSettings(
        sample,
        sides,
        MigrationSettings.DEFAULT_DEPTHS,
        failUnder == null ? MigrationSettings.DEFAULT_SHARE : failUnder,
        seed);
  }

  private int spanCount(MigrationSettings settings) {
    boolean needed = !isGone() && settings.sides().contains(Side.QUERIES);
    return !needed ? 0 : spans == null ? sample : Math.max(0, spans);
  }

  private void tellCost(MigrationSettings settings, Optional<Queries> asked, Console console) {
    long pools = asked.map(q -> q.ids().size() / 2L * MigrationSettings.POOL).orElse(0L);
    int cut = spanCount(settings);
    StringBuilder cost = new StringBuilder();
    cost.append(String.format(Locale.ROOT, "to encode: %,d documents by %s", sample, newEncoder));
    if (cut > 0) {
      cost.append(String.format(Locale.ROOT, "; %,d short spans of them by both", cut));
    }
    if (pools > 0) {
      cost.append(String.format(Locale.ROOT, "; at most %,d documents that queries find", pools));
    }
    console.say(cost.toString());
  }

  private int report(MigrationPlan plan, ModelZoo zoo, double seconds, Console console) {
    List<Document.Fact> facts =
        new ArrayList<>(Origin.facts(spec, zoo.device(), Clock.systemUTC(), seconds));
    facts.add(new Document.Fact("seed", Long.toString(seed)));
    String from = isGone() ? "an encoder that is gone" : oldEncoder;
    Document document = PlanDocument.of(plan, from, newEncoder, facts);
    var run = new DocumentJson.Run("migrate plan", "plan", Version.text(), Map.of(), seconds);
    Report report = Reports.of(run, document, common.isVerbose());
    DocumentFiles.writeAll(document, report, out);
    console.print(report.in(output.format()));
    console.say("wrote the plan and report.html to " + out);
    Verdict verdict = PlanDocument.best(plan);
    console.say("verdict: " + verdict.id());
    boolean negative =
        verdict == Verdict.NO_GO || (verdict == Verdict.TOO_CLOSE && failUnder != null);
    return negative ? ExitCode.NEGATIVE : ExitCode.DONE;
  }
}
