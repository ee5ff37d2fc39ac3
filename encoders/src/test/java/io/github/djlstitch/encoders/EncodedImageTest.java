// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import static io.github.djlstitch.encoders.internal.image.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.djlstitch.core.internal.file.Sha256;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodedImageTest {
  @TempDir private Path folder;

  private byte[] bytes = {};

  @BeforeEach
  void read() throws IOException {
    var file = Expected.json("image-files.expected.json").getAsJsonObject();
    bytes = Base64.getDecoder().decode(file.getAsJsonArray("rgb8.png").get(0).getAsString());
  }

  @Test
  void filesBytesAndStreamsAreTheSame() throws IOException {
    Path file = Files.write(folder.resolve("a.png"), bytes);
    EncodedImage[] images = {
      EncodedImage.of(file),
      EncodedImage.of("a", bytes),
      EncodedImage.of("a.zip!a.png", () -> new ByteArrayInputStream(bytes))
    };
    assertEquals(file.toString(), images[0].name());
    assertEquals("a.zip!a.png", images[2].name());
    for (EncodedImage image : images) {
      assertArrayEquals(images[0].decode().pixels(), image.decode().pixels());
      assertEquals(sha256(images[0]), sha256(image));
    }
    byte[] other = bytes.clone();
    other[other.length - 1]++;
    assertNotEquals(sha256(images[0]), sha256(EncodedImage.of("a", other)));
  }

  private static String sha256(EncodedImage image) {
    var digest = Sha256.builder();
    image.addTo(digest);
    return digest.hex();
  }

  @Test
  void filesThatCannotBeReadAreNamed() {
    Path none = folder.resolve("none.png");
    String message = "image '" + none + "' cannot be read (NoSuchFileException)";
    refused(message, () -> EncodedImage.of(none).decode());
    refused(message, () -> sha256(EncodedImage.of(none)));
    refused("cannot be read", () -> EncodedImage.of(folder).decode());
    EncodedImage.Opener gone =
        () -> {
          throw new FileNotFoundException("gone");
        };
    refused("image 'x' cannot be read", () -> EncodedImage.of("x", gone).decode());
  }

  @Test
  void filesWithoutEndAreRefused() {
    EncodedImage.Opener endless =
        () ->
            new InputStream() {
              @Override
              public int read() {
                return 1;
              }

              @Override
              public int read(byte[] target, int offset, int length) {
                return length;
              }
            };
    refused(
        "image 'x' is a file of more than 67108864 bytes",
        () -> EncodedImage.of("x", endless).decode());
  }
}
