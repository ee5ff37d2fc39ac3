// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.report.Format;
import picocli.CommandLine.Option;

/** The option of the output format. */
@About(Topic.RESULTS)
@SuppressWarnings("NullAway.Init") // picocli sets the field
public final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "table",
      description =
          "Form of the results: table, json, csv or markdown (default: ${DEFAULT-VALUE}).")
  Format format;

  /** The output format. */
  public Format format() {
    return format;
  }
}
