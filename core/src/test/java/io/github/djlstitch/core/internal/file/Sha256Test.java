// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Sha256Test {
  // FIPS 180-2, appendix B.1.
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void digestOfAFileIsThatOfTheStandard(@TempDir Path folder) throws IOException {
    assertEquals(ABC, Sha256.ofFile(Files.writeString(folder.resolve("a"), "abc")));
  }

  @Test
  void fieldsDoNotRunIntoEachOther() {
    String one = Sha256.builder().add("ab").add("c").hex();
    assertNotEquals(one, Sha256.builder().add("a").add("bc").hex());
    assertNotEquals(one, Sha256.builder().add("abc").hex());
    assertNotEquals(Sha256.builder().add("").hex(), Sha256.builder().hex());
  }

  @Test
  void bytesCountLikeTheirText() {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {'a', 'b'});
    assertEquals(Sha256.builder().add("ab").hex(), Sha256.builder().add(bytes).hex());
    assertEquals(0, bytes.remaining());
  }

  @Test
  void digestStartsAnewAfterEachAnswer() {
    var digest = Sha256.builder();
    assertEquals(digest.add(5).hex(), digest.add(5).hex());
  }
}
