// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.option.IndexOptions;
import io.github.djlstitch.cli.report.FactSheet;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.MigrationPlan.Verdict;
import io.github.djlstitch.core.migrate.Side;
import io.github.djlstitch.indexes.IndexAddress;
import io.github.djlstitch.indexes.VectorSource;
import io.github.djlstitch.indexes.migrate.Migration;
import io.github.djlstitch.indexes.migrate.MigrationManifest;
import io.github.djlstitch.indexes.migrate.PlanFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Carries an index over, as a plan says, into a new one. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "stitch migrate apply PLAN OLD --out NEW [OPTIONS]",
    description = {
      "Carry every vector of an index over the bridge of a plan, into a new index; the",
      "old one is only read. The new index is there once all of it is, and its",
      "manifest, NAME.migration.json, says what it is. After a crash --resume verifies",
      "what is finished and goes on.%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch migrate apply plan docs.fbin --out new.fbin",
      "  stitch migrate apply plan lucene:index --out lucene:new-index --resume",
      "  stitch migrate apply plan queries.npy --side queries --out for-old-index.npy"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MigrateApplyCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PLAN", description = "Folder of 'migrate plan'.")
  Path plan;

  @Parameters(index = "1", paramLabel = "OLD", description = "The old index, FORMAT:PATH.")
  String old;

  @Option(
      names = "--out",
      paramLabel = "NEW",
      required = true,
      description = "The new index, FORMAT:PATH; nothing may be there yet.")
  String out;

  @Option(
      names = "--side",
      paramLabel = "SIDE",
      defaultValue = "documents",
      description = {
        "What is carried over: documents, stored vectors into the new space; or queries,",
        "the new encoder's vectors into the old space (default: ${DEFAULT-VALUE})."
      })
  Side side;

  @Option(names = "--resume", description = "Go on after a migration that was interrupted.")
  boolean resume;

  @Option(
      names = "--without-verdict",
      description = "Migrate though the plan says NO-GO or has no verdict.")
  boolean withoutVerdict;

  @Mixin IndexOptions index;

  @Mixin FormatOption output;

  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    IndexAddress from = IndexAddress.parse(old);
    IndexAddress to = IndexAddress.parse(out);
    PlanFile planned = PlanFile.load(plan);
    Verdict verdict = planned.side(side).verdict();
    Console console = common.console();
    requireVerdict(verdict, console);
    common.prepareEngine();
    var facts = new FactSheet("migrate apply");
    try (VectorSource source = from.format().open(from.path(), index.columns())) {
      tellDropped(source, to, console);
      var migration =
          new Migration(
              source,
              index.columns(),
              planned.bridge(side),
              side == Side.DOCUMENTS ? Optional.of(planned.population()) : Optional.empty(),
              side == Side.DOCUMENTS ? planned.from() : planned.to(),
              planned.reached(side),
              planned.side(side).sha256(),
              Migration.PART_ROWS);
      MigrationManifest done =
          resume ? migration.resume(to, console) : migration.create(to, console);
      console.clearBar();
      facts
          .fact("from", done.from().name())
          .fact("to", done.to().name())
          .fact("space_sha256", done.to().sha256())
          .fact("method", planned.side(side).method().id())
          .fact("verdict", verdict.id())
          .count("vectors", done.rows())
          .count("width", done.width())
          .count("parts", done.parts().size());
    }
    console.print(facts.report().in(output.format()));
    console.say("wrote " + to.path() + " and " + MigrationManifest.beside(to.path()));
    return 0;
  }

  private static void tellDropped(VectorSource source, IndexAddress to, Console console) {
    if (source.hasIds() && !to.format().keepsIds()) {
      console.warn(to.format().id() + " keeps no ids: rows will be known by their numbers");
    }
    if (source.hasTexts() && !to.format().keepsTexts()) {
      console.warn(to.format().id() + " keeps no texts: the new index will not have them");
    }
  }

  private void requireVerdict(Verdict verdict, Console console) {
    if (withoutVerdict || verdict == Verdict.GO) {
      return;
    }
    if (verdict == Verdict.TOO_CLOSE) {
      console.warn("the plan was too close to call; see its report.html");
      return;
    }
    throw StitchException.usage(
        "the plan '%s' %s for %s; to migrate all the same give --without-verdict",
        plan, verdict == Verdict.NONE ? "has no verdict" : "says NO-GO", side.id());
  }
}
