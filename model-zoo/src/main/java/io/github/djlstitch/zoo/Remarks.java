// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.internal.file.AtomicFile;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.zoo.data.LabelledData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Facts about data that users are told, each once. Thread-safe. */
final class Remarks {
  private static final int MOST_SHOWN = 10;
  private static final int NAME = 12;

  private final Path folder;
  private final Consumer<String> warnings;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Lists of rows that were left out go to the folder. */
  Remarks(Path folder, Consumer<String> warnings) {
    this.folder = folder;
    this.warnings = warnings;
  }

  /** Tells a line, unless it was told before. */
  void tell(String line) {
    if (told.add(line)) {
      warnings.accept(line);
    }
  }

  /** Tells what is to be known about a data set. */
  void tell(LabelledData data) {
    data.notes().forEach(this::tell);
    tellSkipped(data.name(), data.skipped());
  }

  /** Tells the first rows that were left out, and where all of them are listed. */
  void tellSkipped(String data, List<String> rows) {
    if (rows.isEmpty()) {
      return;
    }
    String all = String.join("\n", rows) + "\n";
    String name = CacheName.of(data) + "-" + Sha256.builder().add(all).hex().substring(0, NAME);
    Path list = folder.resolve(name + ".txt");
    AtomicFile.write(list, out -> out.write(all.getBytes(StandardCharsets.UTF_8)));
    tell("'%s': left out %d rows, listed in '%s'".formatted(data, rows.size(), list));
    rows.stream().limit(MOST_SHOWN).forEach(row -> tell("left out: " + row));
  }
}
