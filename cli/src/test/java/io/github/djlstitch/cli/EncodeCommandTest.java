// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.space.LatentSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts and splits to latent-space files. */
final class EncodeCommandTest {
  @TempDir Path folder;

  @Test
  void linesOfTextBecomeVectors() throws IOException {
    Path texts = Files.writeString(folder.resolve("my texts ü.txt"), "hello\nwürld 🌍\n");
    Run run = encode(texts.toString()).ok();
    assertTrue(run.out().matches("(?s)encode\\s.*\nvectors +2\nwidth +384\n"), run.out());
    assertEquals("wrote %s and %s\n".formatted(out(), folder.resolve("new/v.json")), run.err());
    LatentSpace space = LatentSpace.open(out());
    assertEquals(List.of("line-1", "line-2"), space.ids());
    assertEquals("minilm", space.provenance().encoder());
    assertArrayEquals(new int[0], space.labels());
  }

  @Test
  void whatTheGridEncodedIsNotEncodedAgain() throws IOException {
    Run.of(Sample.pair("-q")).ok();
    String[] train = {"--dataset", Sample.dataset(), "--format=csv"};
    Run kept = encode(train).ok();
    assertTrue(kept.out().contains("encoded,\"before, and kept\"\r\n"), kept.out());
    byte[] first = Files.readAllBytes(out());
    encode("--dataset", Sample.dataset(), "--cache-dir", folder.resolve("cache").toString()).ok();
    assertArrayEquals(first, Files.readAllBytes(out()));
  }

  @Test
  void aSplitOfADataSetKeepsItsLabels() {
    encode("--dataset", Sample.dataset(), "--split=test", "-q").ok();
    LatentSpace space = LatentSpace.open(out());
    assertEquals(30, space.ids().size());
    assertEquals(List.of("animal", "food", "vehicle"), space.classes());
    assertEquals(30, space.labels().length);
  }

  @Test
  void aBlankLineIsNamedAndNothingIsWritten() throws IOException {
    Path texts = Files.writeString(folder.resolve("texts.txt"), "hello\n \nyou\n");
    encode(texts.toString()).refused(3, "texts.txt' line 2 is empty");
    encode(folder.resolve("none.txt").toString()).refused(3, "none.txt' does not exist");
    encode(Files.writeString(texts, "").toString()).refused(3, "is empty");
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(texts), files.toList());
    }
  }

  @Test
  void aRoleOrAPrefixGoesBeforeEveryTextAndIntoTheCard() throws IOException {
    String texts = Files.writeString(folder.resolve("texts.txt"), "hello\nyou\n").toString();
    LatentSpace usual = space(encode(texts, "-q"));
    Run role = encode(texts, "--role=query");
    assertTrue(role.ok().out().contains("\nprefix   none\n"), role.out());
    assertTrue(role.err().contains("encoder 'minilm' has no prefix by role"), role.err());
    assertEquals(usual.vectors(), LatentSpace.open(out()).vectors());
    LatentSpace prefixed = space(encode(texts, "--prefix=my ", "-q"));
    assertFalse(usual.vectors().equals(prefixed.vectors()));
    assertTrue(prefixed.provenance().sameNetwork(usual.provenance()));
    Path spelled = Files.writeString(folder.resolve("my.txt"), "my hello\nmy you\n");
    assertEquals(prefixed.vectors(), space(encode(spelled.toString(), "-q")).vectors());
    encode(texts, "--role=query", "--prefix=x").refused(2, "give --role or --prefix, not both");
    encode(texts, "--role=passage").refused(2, "no role 'passage'; known: query, document");
  }

  private LatentSpace space(Run run) {
    run.ok();
    return LatentSpace.open(out());
  }

  @Test
  void aGpuThatIsNotThereLeavesNothingBehind() throws IOException {
    Path texts = Files.writeString(folder.resolve("texts.txt"), "hello\n");
    encode(texts.toString(), "--device=gpu3").refused(4, "gpu3");
    assertFalse(Files.exists(out().getParent()));
  }

  private Path out() {
    return folder.resolve("new/v.safetensors");
  }

  private Run encode(String... arguments) {
    return Run.of(
        Stream.concat(
                Stream.of("encode", "--encoder=minilm", "--out", out().toString()),
                Stream.of(arguments))
            .toArray(String[]::new));
  }
}
