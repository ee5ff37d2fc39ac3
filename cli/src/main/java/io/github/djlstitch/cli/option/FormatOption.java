// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.report.Format;
import picocli.CommandLine.Option;

/** How results are printed. */
@SuppressWarnings("NullAway.Init") // picocli sets the field
public final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "table",
      description = "table, json, csv or markdown (default: ${DEFAULT-VALUE}).")
  Format format;

  /** The form results are printed in. */
  public Format format() {
    return format;
  }
}
