// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports from the command line; that they compute the same is tested where they are made. */
final class ExportCommandTest {
  @TempDir Path folder;

  private Run export(Path head, Path out, String... more) {
    return Run.of(
        Stream.concat(
                Stream.of("export", "--encoder=minilm", "--decoder=" + head, "--out=" + out),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void aHeadGoesIntoAFolder() throws IOException {
    Path head = folder.resolve("head.safetensors");
    Run.of(Sample.training("bge-small", head, "--reads=absolute", "-q")).ok();
    Path out = folder.resolve("model");
    Run run = export(head, out).ok();
    assertEquals("", run.out());
    assertTrue(
        run.err().contains("minilm into bge-small-head by coordinates, 3 classes"), run.err());
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          List.of(
              "README.md",
              "config.json",
              "model.pt",
              "serving.properties",
              "synset.txt",
              "tokenizer.json"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    export(head, out).refused(2, "--out", "model' exists already");
    Path other = folder.resolve("other");
    export(head, other, "--method=asif").refused(2, "method 'asif' cannot be exported");
    export(head, other, "--method=relativ").refused(2, "no method 'relativ'");
    export(head, other, "--method=relative").refused(3, "reads absolute");
    assertTrue(Files.notExists(other), "a folder is left of what was refused");
  }

  @Test
  void placesAreCheckedFirst() throws IOException {
    Path missing = folder.resolve("no head.safetensors");
    Path file = Files.writeString(folder.resolve("file"), "mine");
    export(missing, file).refused(2, "--out", "file' exists already");
    export(missing, file.resolve("below")).refused(7, "is not a folder one may write to");
    export(missing, folder.resolve("new")).refused(3, "no head.safetensors");
  }
}
