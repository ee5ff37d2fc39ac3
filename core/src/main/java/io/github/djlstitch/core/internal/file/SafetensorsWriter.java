// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import com.google.gson.stream.JsonWriter;
import io.github.djlstitch.core.StitchException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes safetensors files. The same content gives the same bytes: metadata is sorted by key,
 * tensors by falling element size and then name, and the header is padded with spaces to 8 bytes,
 * so that each element starts at a multiple of its size.
 *
 * <p>A file appears whole or not at all ({@link AtomicFile}).
 */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * Writes a file; missing parent folders are created.
   *
   * @throws StitchException (bad input) if two tensors have the same name, a text is not valid
   *     Unicode, or the header would be longer than the format allows; (resources) if the file
   *     cannot be written
   */
  public static void write(Path target, Map<String, String> metadata, List<Tensor> tensors) {
    List<Tensor> ordered =
        tensors.stream()
            .sorted(
                Comparator.comparingInt((Tensor t) -> -t.dtype().size())
                    .thenComparing(Tensor::name))
            .toList();
    byte[] header = header(target, metadata, ordered);
    AtomicFile.write(
        target,
        out -> {
          out.write(length(header.length));
          out.write(header);
          for (Tensor tensor : ordered) {
            tensor.writeTo(out);
          }
        });
  }

  /**
   * Starts a file around one large F32 tensor whose rows come in blocks and whose number of rows is
   * known only at the end.
   *
   * @param name the name of the large tensor
   * @param columns its number of columns, 1 or more
   * @throws StitchException (resources) if the folder cannot be written to
   */
  public static RowWriter rows(Path target, String name, int columns) {
    return RowWriter.open(target, name, columns);
  }

  private static byte[] length(int headerSize) {
    return ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(headerSize)
        .array();
  }

  private static byte[] header(Path target, Map<String, String> metadata, List<Tensor> tensors) {
    checkNames(target, metadata, tensors);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writer text = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      writeJson(new JsonWriter(text), metadata, tensors);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail to be written", e);
    }
    while (bytes.size() % ALIGNMENT != 0) {
      bytes.write(' ');
    }
    if (bytes.size() > Header.LONGEST) {
      throw StitchException.badInput(
          "'%s': the header would have %d bytes but may have %d; write fewer tensors or less"
              + " metadata",
          target, bytes.size(), Header.LONGEST);
    }
    return bytes.toByteArray();
  }

  private static void checkNames(Path target, Map<String, String> metadata, List<Tensor> tensors) {
    Set<String> names = new HashSet<>();
    for (Tensor tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw StitchException.badInput(
            "'%s': tensor '%s' is given twice; names must be unique",
            target, Printable.of(tensor.name()));
      }
    }
    var utf8 = StandardCharsets.UTF_8.newEncoder();
    metadata.forEach(
        (key, value) -> {
          if (!utf8.canEncode(key) || !utf8.canEncode(value)) {
            throw StitchException.badInput(
                "'%s': metadata '%s' holds half a surrogate pair; give valid text",
                target, Printable.of(key));
          }
        });
  }

  private static void writeJson(JsonWriter json, Map<String, String> metadata, List<Tensor> tensors)
      throws IOException {
    json.beginObject();
    if (!metadata.isEmpty()) {
      json.name(Header.METADATA).beginObject();
      for (var entry : new TreeMap<>(metadata).entrySet()) {
        json.name(entry.getKey()).value(entry.getValue());
      }
      json.endObject();
    }
    long begin = 0;
    for (Tensor tensor : tensors) {
      json.name(tensor.name()).beginObject().name("dtype").value(tensor.dtype().name());
      json.name("shape").beginArray();
      for (long dimension : tensor.shape()) {
        json.value(dimension);
      }
      json.endArray().name("data_offsets").beginArray();
      json.value(begin).value(begin + tensor.size()).endArray().endObject();
      begin += tensor.size();
    }
    json.endObject();
    json.flush();
  }
}
