// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForeignFormatTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'version https://git-lfs.github.com/spec/v1', a Git LFS pointer",
    "'\u001f\u008b\b', packed with gzip",
    "'\u00ff\u00fe{\0', text in UTF-16",
    "'\u00fe\u00ff\0{', text in UTF-16",
    "'\u00ff\u00fe\0\0{\0\0\0', text in UTF-32",
    "'\0\0\u00fe\u00ff\0\0\0{', text in UTF-32",
    "'PK\3\4', a zip archive (PyTorch .bin/.pt or .npz)",
    "'<!doctype html>', a web page"
  })
  void cardsNameWhatTheyAreInstead(String start, String description) throws IOException {
    Path file = folder.resolve("config.json");
    Files.write(file, start.getBytes(ISO_8859_1));
    var refusal = assertThrows(StitchException.class, () -> JsonCard.read(file));
    assertEquals(StitchException.Kind.BAD_INPUT, refusal.kind());
    assertTrue(
        refusal.getMessage().startsWith("'" + file + "' must be JSON but is " + description + "; "),
        refusal.getMessage());
  }

  @Test
  void anOrdinaryTextThatStartsAlikeIsRead() throws IOException {
    Path file = folder.resolve("notes.csv");
    Files.writeString(file, "version history,label\n<b>,x\n");
    try (var in = ForeignFormat.openText(file, "a table")) {
      assertEquals("version history,label\n<b>,x\n", new String(in.readAllBytes(), UTF_8));
    }
  }
}
