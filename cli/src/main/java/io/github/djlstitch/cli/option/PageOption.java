// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.cli.report.DocumentFiles;
import io.github.djlstitch.report.Document;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of the HTML report. */
@About(Topic.RESULTS)
public final class PageOption {
  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Also write tables and figures as one page that needs no network.")
  private @Nullable Path file;

  /** Refuses a place that cannot be written to, before anything slow begins. */
  public void requireWritable() {
    if (file != null) {
      OutputPlace.requireFile("--report", file, ".html");
    }
  }

  /** Writes the page if it was asked for. */
  public void write(Supplier<Document> document, Console console) {
    if (file != null) {
      DocumentFiles.page(document.get(), file);
      console.say("wrote " + file);
    }
  }
}
