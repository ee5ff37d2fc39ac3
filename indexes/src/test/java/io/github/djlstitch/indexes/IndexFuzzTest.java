// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged indexes of every format, read to their ends: cut at each byte, and with changed bytes.
 * Nothing but a refusal of one line comes out, nothing hangs, and the memory taken stays that of a
 * small file. A longer run: {@code -Dfuzz=20000}.
 */
final class IndexFuzzTest {
  private static final int COUNT = Integer.getInteger("fuzz", 200);
  private static final int ROWS = 3;
  private static final long MOST_BYTES = 64 << 20; // a buffer of the longest line, twice
  private static final Duration HANG = Duration.ofMinutes(1); // of milliseconds, on a busy machine
  private static final Map<IndexFormat, Integer> FEWER =
      new EnumMap<>(Map.of(IndexFormat.PARQUET, 10, IndexFormat.LUCENE, 25));

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PARQUET")
  void damagedIndexesAreRefusedOrRead(IndexFormat format) {
    assertTimeoutPreemptively(HANG, () -> damage(format));
  }

  private void damage(IndexFormat format) throws IOException {
    Path index = Samples.write(format, folder, "new", ROWS, 2, true);
    int read = 0;
    for (Path file : files(index)) {
      byte[] whole = Files.readAllBytes(file);
      int step = FEWER.getOrDefault(format, 1);
      for (int length = 0; length < whole.length; length += step) {
        Files.write(file, Arrays.copyOf(whole, length));
        read += read(format, index, file.getFileName() + " cut at " + length);
      }
      for (int seed = 0; seed < (step > 1 ? COUNT / 4 : COUNT); seed++) {
        Files.write(file, changed(whole, new Random(seed)));
        read += read(format, index, file.getFileName() + " with seed " + seed);
      }
      Files.write(file, whole);
    }
    assertTrue(read > 0, "no change was harmless");
  }

  private static List<Path> files(Path index) throws IOException {
    try (Stream<Path> files = Files.walk(index)) {
      return files
          .filter(file -> file.toFile().length() > 0 && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  // One to three bytes: any value, or such that numbers of lengths become large.
  private static byte[] changed(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      int[] values = {random.nextInt(256), 0, 0x7f, 0x80, 0xff, bytes[at] ^ 1 << random.nextInt(8)};
      bytes[at] = (byte) values[random.nextInt(values.length)];
    }
    return bytes;
  }

  private static int read(IndexFormat format, Path index, String how) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      Samples.read(format, index, 1_000_000);
      return 1;
    } catch (StitchException e) {
      assertFalse(e.getMessage().contains("\n"), how + ": " + e.getMessage());
      return 0;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(how, e);
    } finally {
      long taken = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(taken < MOST_BYTES, () -> how + " took " + taken + " bytes");
    }
  }
}
