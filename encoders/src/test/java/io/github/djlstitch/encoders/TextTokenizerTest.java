// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.text.TextTokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTokenizerTest {
  // Pairs in the file are left out: no encoder here reads two texts at once.
  @Test
  void idsAreThoseOfTheReference() throws IOException {
    int compared = 0;
    for (JsonElement element : Expected.json("wordpiece-bge.expected.json").getAsJsonArray()) {
      JsonObject expected = element.getAsJsonObject();
      if (!expected.has("pair")) {
        int limit = expected.has("truncation") ? expected.get("truncation").getAsInt() : 512;
        String text = expected.get("text").getAsString();
        try (TextTokenizer tokenizer = EmbeddedModel.BGE_SMALL.tokenizer(limit)) {
          assertArrayEquals(
              Expected.longs(expected.get("ids")), tokenizer.ids(List.of(text))[0], text);
        }
        compared++;
      }
    }
    assertEquals(15, compared);
  }

  // MiniLM's file says 128 tokens, padded to 128.
  @Test
  void theLimitIsOursAndNotThatOfTheFile() {
    try (TextTokenizer tokenizer = EmbeddedModel.MINILM.tokenizer()) {
      long[][] ids = tokenizer.ids(List.of("long ".repeat(600), "short"));
      assertEquals(256, ids[0].length);
      assertEquals(102, ids[0][255]);
      assertArrayEquals(new long[] {101, 2460, 102}, ids[1]);
    }
  }

  @Test
  void noTextCrashesIt() {
    try (TextTokenizer tokenizer = EmbeddedModel.BGE_SMALL_ZH.tokenizer()) {
      long[][] ids = tokenizer.ids(Texts.VARIED);
      assertEquals(Texts.VARIED.size(), ids.length);
      for (int i = 0; i < ids.length; i++) {
        assertTrue(ids[i].length >= 2 && ids[i].length <= 512, Texts.VARIED.get(i));
        assertArrayEquals(ids[i], tokenizer.ids(List.of(Texts.VARIED.get(i)))[0]);
      }
    }
  }

  @Test
  void noTextsGiveNoIds() {
    try (TextTokenizer tokenizer = EmbeddedModel.MINILM.tokenizer()) {
      assertEquals(0, tokenizer.ids(List.of()).length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"model\": {\"type\": \"Nonsense\"}}", "\u0000"})
  void aBrokenFileIsRefusedByName(String content, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), content);
    var e = assertThrows(StitchException.class, () -> TextTokenizer.open(file, 512));
    assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }

  @Test
  void aFileOfAbsurdSizeIsNotRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    try (var channel = FileChannel.open(file, CREATE, WRITE)) {
      channel.write(ByteBuffer.allocate(1), 256L << 20); // sparse
    }
    var e = assertThrows(StitchException.class, () -> TextTokenizer.open(file, 512));
    assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
    assertTrue(e.getMessage().contains("has 268435457 bytes"), e.getMessage());
  }

  @Test
  void anAbsentFileIsRefusedByName(@TempDir Path folder) {
    Path file = folder.resolve("tokenizer.json");
    var e = assertThrows(StitchException.class, () -> TextTokenizer.open(file, 512));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }
}
