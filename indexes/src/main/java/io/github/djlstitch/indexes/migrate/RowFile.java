// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.AtomicFile;
import io.github.djlstitch.core.internal.file.WriteFailure;
import io.github.djlstitch.indexes.migrate.IndexCheck.RowReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A table of what each row is taken for, between tabs; whole or not there. */
public final class RowFile {
  private RowFile() {}

  /**
   * Lets a check report its rows into a file, if there is one.
   *
   * @return what the check returned
   * @throws StitchException (resources) if the file cannot be written
   */
  public static <T> T write(Optional<Path> file, Function<RowReport, T> check) {
    if (file.isEmpty()) {
      return check.apply(RowReport.NONE);
    }
    List<T> result = new ArrayList<>();
    AtomicFile.write(
        file.get(),
        out -> {
          Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          text.write("row\tid\tsquared distance\ttaken for\n");
          result.add(check.apply(report(file.get(), text)));
          text.flush();
        });
    return result.get(0);
  }

  private static RowReport report(Path file, Writer text) {
    return (number, id, distance, word) -> {
      try {
        String plain = id.replace('\t', ' ').replace('\n', ' ').replace('\r', ' ');
        text.write(String.format(Locale.ROOT, "%d\t%s\t%.1f\t%s\n", number, plain, distance, word));
      } catch (IOException e) {
        throw WriteFailure.of(file, e);
      }
    };
  }
}
