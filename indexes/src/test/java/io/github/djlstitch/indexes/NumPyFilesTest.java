// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Files that NumPy wrote (see {@code golden/make.py}), and the same bytes from us. */
final class NumPyFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"f4-v1.npy", "f8-v2.npy", "f2-v3.npy", "a.fbin", "a.fvecs"})
  void isRead(String name) throws IOException {
    Path file = Samples.resource(folder, name);
    IndexAddress address = IndexAddress.parse(file.toString());
    assertEquals(
        Samples.expected(5, false, false), Samples.read(address.format(), address.path(), 2));
  }

  @ParameterizedTest
  @CsvSource({"NPY,f4-v1.npy", "FBIN,a.fbin", "FVECS,a.fvecs"})
  void isWrittenAsNumPyWritesIt(IndexFormat format, String golden) throws IOException {
    Path written = Samples.write(format, folder.resolve("new"), "new", 5, 2, false);
    byte[] expected = Files.readAllBytes(Samples.resource(folder, golden));
    assertArrayEquals(expected, Files.readAllBytes(written));
  }

  @ParameterizedTest
  @CsvSource({
    "fortran.npy,numpy.ascontiguousarray",
    "big-endian.npy,array.astype('<f4')",
    "integers.npy,'<i4'",
    "object.npy,pickle",
    "one-dimension.npy,(6,)",
  })
  void othersAreRefusedWithAdvice(String name, String advice) throws IOException {
    Path file = Samples.resource(folder, name);
    StitchException e =
        assertThrows(StitchException.class, () -> IndexFormat.NPY.open(file, IndexColumns.usual()));
    assertTrue(e.getMessage().contains(advice), e.getMessage());
    assertEquals(StitchException.Kind.BAD_INPUT, e.kind());
  }

  @Test
  void headersThatAskForMoreThanTheFileHasAreRefused() throws IOException {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776, 384), }\n";
    var bytes = new java.io.ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
    bytes.write(header.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    Path file = Files.write(folder.resolve("huge.npy"), bytes.toByteArray());
    StitchException e =
        assertThrows(StitchException.class, () -> IndexFormat.NPY.open(file, IndexColumns.usual()));
    assertTrue(e.getMessage().contains("1099511627776 rows"), e.getMessage());
  }
}
