// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LatentSpaceFileTest {
  private static final int N = 4500; // three windows
  private static final LatentSpace SPACE = Spaces.of(gaussian(1, N, 3));

  @TempDir Path folder;
  private Path file;
  private Path card;

  @BeforeEach
  void place() {
    file = folder.resolve("new/space.safetensors");
    card = folder.resolve("new/space.json");
  }

  @Test
  void whatIsSavedIsOpened() {
    LatentSpaceFile.save(SPACE, file);
    LatentSpace opened = LatentSpaceFile.open(file);
    assertEquals(SPACE.vectors(), opened.vectors());
    assertEquals(SPACE.ids(), opened.ids());
    assertArrayEquals(SPACE.labels(), opened.labels());
    assertEquals(SPACE.classes(), opened.classes());
    assertEquals(SPACE.provenance(), opened.provenance());
    assertEquals(card, LatentSpaceFile.card(file));
  }

  @Test
  void labelsMayBeAbsentAndIdsMayBeUnicode() {
    var ids = List.of("caf\u00e9 1", "\ud83d\udc31");
    LatentSpace plain =
        LatentSpace.of(ids, new int[0], List.of(), gaussian(2, 2, 1), SPACE.provenance());
    LatentSpaceFile.save(plain, file);
    LatentSpace opened = LatentSpaceFile.open(file);
    assertEquals(ids, opened.ids());
    assertEquals(0, opened.labels().length);
    assertEquals(List.of(), opened.classes());
  }

  @Test
  void streamedFileHasTheBytesOfTheSavedOne() throws IOException {
    LatentSpaceFile.save(SPACE, file);
    Path streamed = folder.resolve("streamed.safetensors");
    List<LatentSpace.Rows> windows = new ArrayList<>();
    write(
        streamed,
        rows -> {
          windows.add(rows);
          return SPACE.vectors().rowRange(rows.from(), rows.to());
        });
    assertEquals(-1, Files.mismatch(file, streamed));
    assertEquals(-1, Files.mismatch(card, folder.resolve("streamed.json")));
    assertTrue(windows.size() > 1);
  }

  private static void write(Path file, LatentSpace.VectorSource source) {
    LatentSpaceFile.write(
        file, SPACE.ids(), SPACE.labels(), SPACE.classes(), SPACE.provenance(), 3, source);
  }

  @Test
  void failureInTheSourceLeavesNoFile() throws IOException {
    assertThrows(
        ArithmeticException.class,
        () -> write(file, rows -> rows.from() == 0 ? some(rows) : failed()));
    assertEquals(List.of(), files());
  }

  @Test
  void sourceThatGivesTooFewVectorsIsRefused() throws IOException {
    refused("for 2048 samples", Kind.BAD_INPUT, () -> write(file, rows -> gaussian(1, 2, 3)));
    assertEquals(List.of(), files());
  }

  private static FloatMatrix some(LatentSpace.Rows rows) {
    return gaussian(1, rows.to() - rows.from(), 3);
  }

  private static FloatMatrix withNan(LatentSpace.Rows rows, int row) {
    float[] values = some(rows).toArray();
    if (rows.from() <= row && row < rows.to()) {
      values[(row - rows.from()) * 3] = Float.NaN;
    }
    return FloatMatrix.wrap(rows.to() - rows.from(), 3, values);
  }

  private static FloatMatrix failed() {
    throw new ArithmeticException("the encoder broke");
  }

  @Test
  void valueThatIsNotFiniteIsNamedBySampleAndLeavesNoFile() throws IOException {
    refused(
        "encoder 'bert' gave a value that is not finite for sample 's2060' of 'trec'",
        Kind.BAD_INPUT,
        () -> write(file, rows -> rows.from() == 0 ? some(rows) : withNan(rows, 2060)));
    assertEquals(List.of(), files());
  }

  @Test
  void anyFlippedByteIsFound() throws IOException {
    LatentSpaceFile.save(SPACE, file);
    byte[] bytes = Files.readAllBytes(file);
    for (int at : new int[] {0, 20, bytes.length / 2, bytes.length - 1}) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 1;
      Files.write(file, flipped);
      refused("but its card says", Kind.VERIFICATION, () -> LatentSpaceFile.open(file));
    }
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 4));
    refused("but its card says", Kind.VERIFICATION, () -> LatentSpaceFile.open(file));
  }

  @Test
  void cardThatIsMissingOrCutIsRefused() throws IOException {
    LatentSpaceFile.save(SPACE, file);
    String whole = Files.readString(card);
    Files.writeString(card, whole.substring(0, whole.length() / 2));
    refused("is not valid JSON", Kind.BAD_INPUT, () -> LatentSpaceFile.open(file));
    Files.writeString(card, whole.replace("latent-space", "decoder"));
    refused("field 'kind' is 'decoder'", Kind.BAD_INPUT, () -> LatentSpaceFile.open(file));
    Files.writeString(card, whole.replace("\"schema\": \"1\"", "\"schema\": \"2\""));
    refused("field 'schema' is '2', expected '1'", () -> LatentSpaceFile.open(file));
    Files.delete(card);
    refused("there is no card '" + card, Kind.BAD_INPUT, () -> LatentSpaceFile.open(file));
  }

  @Test
  void missingFileIsNamed() throws IOException {
    refused("no latent-space file '" + file, Kind.BAD_INPUT, () -> LatentSpaceFile.open(file));
    Path texts = Files.writeString(folder.resolve("texts.txt"), "hello");
    refused("there is no card '", Kind.BAD_INPUT, () -> LatentSpaceFile.open(texts));
  }

  @Test
  void plantedNanIsNamedThoughTheDigestFits() throws IOException {
    LatentSpaceFile.save(Spaces.of(gaussian(3, 4, 3)), file);
    String old = Sha256.ofFile(file);
    byte[] bytes = Files.readAllBytes(file);
    plantNan(bytes, gaussian(3, 4, 3).get(2, 1));
    Files.write(file, bytes);
    Files.writeString(card, Files.readString(card).replace(old, Sha256.ofFile(file)));
    refused("row 2 (id 's2') has a value", Kind.BAD_INPUT, () -> LatentSpaceFile.open(file));
  }

  private static void plantNan(byte[] bytes, float value) {
    var all = java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 4 <= bytes.length; at++) {
      if (all.getFloat(at) == value) {
        all.putFloat(at, Float.NaN);
      }
    }
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(file.getParent())) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
