// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.space.Anchors.Prototype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnchorsFileTest {
  private static final Anchors PLAIN = new Anchors(List.of("ä 1", "{b"), "fps", 3);
  private static final Anchors BLEND =
      Anchors.ofPrototypes(
              List.of(
                  new Prototype(List.of("c", "a"), List.of(1 / 3.0, 1 - 1 / 3.0)),
                  Prototype.of("b")),
              "kmeans-mean:2",
              -4)
          .from("d-imdb");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("new/anchors.json");
  }

  @Test
  void whatIsSavedIsLoaded() throws IOException {
    for (Anchors anchors : List.of(PLAIN, BLEND)) {
      AnchorsFile.save(anchors, file);
      Anchors loaded = AnchorsFile.load(file);
      assertEquals(anchors, loaded);
      assertEquals(anchors.sha256(), loaded.sha256());
    }
    AnchorsFile.save(PLAIN, file);
    assertFalse(Files.readString(file).contains("prototypes"));
    assertFalse(Files.readString(file).contains("source"));
  }

  @Test
  void listsOfIdsAreLoadedToo() throws IOException {
    Path list = Files.writeString(folder.resolve("anchors.txt"), "{b\n\nä 1\n");
    assertEquals(new Anchors(List.of("{b", "ä 1"), "file", 0), AnchorsFile.load(list));
    Files.writeString(list, "\n");
    refused("lists no anchors; one sample id a line", Kind.BAD_INPUT, () -> AnchorsFile.load(list));
    Files.writeString(list, "a\nb\na\n");
    refused("lists an anchor twice", Kind.BAD_INPUT, () -> AnchorsFile.load(list));
    Path none = folder.resolve("none.txt");
    refused("neither a number nor a file", Kind.BAD_INPUT, () -> AnchorsFile.load(none));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"c\"', '\"x\"', VERIFICATION, anchors of",
    "d-imdb, d-trec, VERIFICATION, anchors of",
    "0.33333333, 0.33333334, BAD_INPUT, with sum 1",
    "'\"kind\": \"anchors\"', '\"kind\": \"decoder\"', BAD_INPUT, field 'kind' is 'decoder'",
    "'\"schema\": \"1\"', '\"schema\": \"2\"', BAD_INPUT, field 'schema' is '2'",
    "weights, wights, BAD_INPUT, no field 'prototypes[].weights'",
    "0.333, NaN, BAD_INPUT, not valid JSON",
    "'\"b\"', '\"c\"', BAD_INPUT, lists an anchor twice",
  })
  void editedFilesAreRefused(String from, String to, Kind kind, String message) throws IOException {
    AnchorsFile.save(BLEND, file);
    Files.writeString(file, Files.readString(file).replace(from, to));
    refused(message, kind, () -> AnchorsFile.load(file));
  }

  @Test
  void otherNamesThanJsonAreNotWritten() {
    Path other = folder.resolve("anchors.txt");
    refused("saved to a .json file", Kind.BAD_INPUT, () -> AnchorsFile.save(PLAIN, other));
    assertFalse(Files.exists(other));
  }
}
