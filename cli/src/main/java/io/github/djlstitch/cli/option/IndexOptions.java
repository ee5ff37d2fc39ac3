// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.indexes.IndexColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The columns of an index. */
@About(Topic.DATA)
public final class IndexOptions {
  private static final List<String> KEYS = List.of("id", "vector", "text");

  @Option(
      names = "--columns",
      paramLabel = "KEY=NAME",
      split = ",",
      description = {
        "Columns or fields of the index, id=...,vector=...,text=...; in pgcopy their",
        "numbers, from 0 (default: the usual names of each format)."
      })
  Map<String, String> columns = new HashMap<>();

  /** The names that were given. */
  public IndexColumns columns() {
    for (String key : columns.keySet()) {
      if (!KEYS.contains(key)) {
        throw StitchException.usage(
            "--columns '%s': no such column; %sexpected id, vector or text",
            key, NearestName.hint(key, KEYS));
      }
    }
    return new IndexColumns(named("id"), named("vector"), named("text"));
  }

  private Optional<String> named(String key) {
    return Optional.ofNullable(columns.get(key));
  }
}
