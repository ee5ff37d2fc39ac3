// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.zoo.data.DatasetOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of reading a file of texts. */
@About(Topic.DATA)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class FileOptions {
  @Option(
      names = "--columns",
      paramLabel = "KEY=COLUMN",
      split = ",",
      description = "What columns of a file are called, where not ${bundle:" + Texts.COLUMNS + "}.")
  @Nullable Map<String, String> columns;

  @Option(
      names = "--separator",
      paramLabel = "CHAR",
      description = "What is between the columns of csv:FILE, such as ';' or tab (default: ,).")
  @Nullable String separator;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      defaultValue = DatasetOptions.DEFAULT_ENCODING,
      description = {
        "Character set of a csv, tsv, jsonl or text file, such as UTF-16 or",
        "windows-1252 (default: ${DEFAULT-VALUE})."
      })
  String encoding;

  @Option(
      names = "--skip-bad",
      description = "Leave out rows of such a file that cannot be read, and list them.")
  boolean skipBad;

  /** These options over others, whose columns stay unless some are given. */
  public DatasetOptions over(DatasetOptions usual) {
    DatasetOptions reading = usual.withEncoding(DatasetOptions.encoding(encoding));
    if (columns != null) {
      reading = reading.withColumns(columns);
    }
    if (separator != null) {
      reading = reading.withSeparator(DatasetOptions.separator(separator));
    }
    return skipBad ? reading.withSkipBad() : reading;
  }
}
