// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import picocli.CommandLine.Option;

/** How results are printed. */
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "table",
      description = "table, json, csv or markdown (default: ${DEFAULT-VALUE}).")
  ReportFormat format;
}
