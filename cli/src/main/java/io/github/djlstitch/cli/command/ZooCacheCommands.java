// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.cli.option.FormatOption;
import io.github.djlstitch.cli.report.Listing;
import io.github.djlstitch.cli.report.Listing.Cell;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.report.Blocks.Lines;
import io.github.djlstitch.zoo.internal.cache.CacheFolder;
import io.github.djlstitch.zoo.internal.cache.FolderSize;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what is kept, and removes what was not used for long. */
final class ZooCacheCommands {
  private ZooCacheCommands() {}

  private static Listing listing(String command, List<CacheFolder.Kind> kinds) {
    var listing = new Listing(command, "folder", "entries", "bytes", "holds");
    for (CacheFolder.Kind kind : kinds) {
      listing.row(
          Cell.word(kind.folder()),
          Cell.count(kind.entries().size()),
          Cell.bytes(kind.bytes()),
          Cell.word(kind.holds()));
    }
    return listing;
  }

  private static String size(List<CacheFolder.Kind> kinds) {
    return Cell.size(kinds.stream().mapToLong(CacheFolder.Kind::bytes).sum());
  }

  /** The use of the disk. */
  @Command(
      name = "cache",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Show how much of the disk is used for what.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Cache implements Callable<Integer> {
    @Mixin FormatOption output;

    @Mixin CommonOptions common;

    @Override
    public Integer call() {
      Console console = common.console();
      Path hub = CommonOptions.hub().cache();
      List<CacheFolder.Kind> kinds = new CacheFolder(common.cache()).contents();
      Cell published = Cell.bytes(FolderSize.of(hub).bytes());
      Listing listing = listing("zoo cache", kinds);
      console.print(
          listing
              .report(Lines.blank(), Lines.of(size(kinds) + " in " + common.cache()))
              .in(output.format()));
      console.say(
          "the Hub's cache, which other programs share, has %s in %s"
              .formatted(published.shown(), hub));
      return 0;
    }
  }

  /** Removal. */
  @Command(
      name = "prune",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Delete what was not used for long from the cache folder. All of it can be made",
        "again. The Hub's cache, which other programs share, is left alone."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  stitch zoo prune --dry-run", "  stitch zoo prune --older-than 0"})
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Prune implements Callable<Integer> {
    @Option(
        names = "--older-than",
        paramLabel = "DAYS",
        defaultValue = "30",
        description = "Entries that were not used for so many days (default: ${DEFAULT-VALUE}).")
    int days;

    @Option(names = "--dry-run", description = "Delete nothing, only show what would be.")
    boolean dryRun;

    @Mixin FormatOption output;

    @Mixin CommonOptions common;

    @Override
    public Integer call() {
      if (days < 0) {
        throw StitchException.usage("--older-than %d; expected at least 0 days", days);
      }
      Console console = common.console();
      Instant since = Instant.now().minus(days, ChronoUnit.DAYS);
      List<CacheFolder.Kind> old = new CacheFolder(common.cache()).prune(since, dryRun);
      console.print(listing("zoo prune", old).report().in(output.format()));
      console.say(
          "%s %s from %s".formatted(dryRun ? "would free" : "freed", size(old), common.cache()));
      return 0;
    }
  }
}
