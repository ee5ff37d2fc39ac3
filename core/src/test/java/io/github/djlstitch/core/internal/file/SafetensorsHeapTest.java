// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that aim at the memory or the time of their reader, opened in a JVM with little of it. */
final class SafetensorsHeapTest {
  @TempDir Path folder;

  @Test
  void hostileFilesAreRefusedInASmallHeap() throws Exception {
    Map<String, String> faults = new TreeMap<>();
    faults.put(many(1_000_000, "[0],\"data_offsets\":[0,0]"), "65536 tensors but there are more");
    faults.put(many(60_000, "[4],\"data_offsets\":[0,4]"), "must begin at byte 4");
    faults.put(many(100_000, "[4],\"data_offsets\":[0,4]"), "65536 tensors but there are more");
    String letters = "a".repeat(20_000_000);
    for (String start : List.of("{\"", "{\"a\":{\"x\":\"", "{\"__metadata__\":{\"")) {
      faults.put(file(start + letters, 0), "has more than 2097152 characters");
    }
    faults.put(longest(), "is not strict JSON");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx32m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    command.add(SafetensorsHeapTest.class.getName());
    command.addAll(faults.keySet());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // Java would say that it saw them
    Process child = builder.start();
    String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, child.waitFor(), out);
    List<String> lines = out.lines().toList();
    assertEquals(faults.size(), lines.size(), out);
    int line = 0;
    for (String fault : faults.values()) {
      assertTrue(lines.get(line).contains(fault), lines.get(line));
      line++;
    }
  }

  @Test
  void longMetadataIsRead() throws IOException {
    String header = "{\"__metadata__\":{\"k\":\"" + "v".repeat(2_000_000) + "\"}}";
    Safetensors file = SafetensorsBytes.open(folder, SafetensorsBytes.file(header, 0));
    assertEquals(2_000_000, String.valueOf(file.metadata().get("k")).length());
  }

  /** Opens files and prints why each was refused. */
  public static void main(String[] files) {
    for (String file : files) {
      try {
        Safetensors.open(Path.of(file));
        System.out.println("opened " + file);
      } catch (StitchException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private String many(int count, String shapeAndOffsets) throws IOException {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      header.append(i == 0 ? "\"" : ",\"").append(i);
      header.append("\":{\"dtype\":\"U8\",\"shape\":").append(shapeAndOffsets).append('}');
    }
    return file(header.append('}').toString(), 4);
  }

  private String file(String header, int dataSize) throws IOException {
    Path path = Files.createTempFile(folder, "hostile", ".safetensors");
    return Files.write(path, SafetensorsBytes.file(header, dataSize)).toString();
  }

  /** A header of the largest size that is allowed, of which only the first byte is written. */
  private String longest() throws IOException {
    Path path = folder.resolve("longest.safetensors");
    byte[] start = SafetensorsBytes.file(Header.LONGEST, new byte[] {'{'}, 0);
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(start));
      channel.write(ByteBuffer.allocate(1), Long.BYTES + Header.LONGEST - 1);
    }
    return path.toString();
  }
}
