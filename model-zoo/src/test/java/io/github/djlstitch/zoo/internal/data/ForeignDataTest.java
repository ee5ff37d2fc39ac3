// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a clone without Git LFS, or another program, leaves in place of data. */
final class ForeignDataTest {
  private static final String POINTER =
      """
      version https://git-lfs.github.com/spec/v1
      oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
      size 12345
      """;

  @TempDir Path folder;

  @Test
  void everyReaderKnowsAPlaceholder() throws IOException {
    Path file = folder.resolve("x");
    Files.writeString(file, POINTER);
    Map<String, Runnable> readers =
        Map.of(
            "lines", () -> InputLines.open(file, UTF_8).close(),
            "word vectors", () -> WordVectorFile.scan(file),
            "binary", () -> BinaryFile.read(file),
            "zip", () -> ZipFiles.list(file),
            "parquet", () -> ParquetTable.open(file));
    readers.forEach((name, reader) -> requireRefusal(name, reader, "a Git LFS pointer"));
  }

  @Test
  void aTableInUtf16IsNamed() throws IOException {
    Path file = folder.resolve("unicode.csv");
    Files.write(file, "text,label\nhello,a\n".getBytes(UTF_16));
    requireRefusal(
        "csv",
        () -> InputLines.open(file, UTF_8).close(),
        "looks like UTF-16, not UTF-8; give --encoding UTF-16");
  }

  private static void requireRefusal(String name, Runnable reader, String words) {
    var refusal = assertThrows(StitchException.class, reader::run, name);
    assertTrue(refusal.getMessage().contains(words), name + ": " + refusal.getMessage());
  }
}
