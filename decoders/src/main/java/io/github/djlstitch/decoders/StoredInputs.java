// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.DType;
import io.github.djlstitch.core.internal.file.Safetensors;
import io.github.djlstitch.core.internal.file.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The inputs of anchors in a head's file: all texts (UTF-8) or image files one after the other in a
 * U8 tensor, and where each ends in an I64 one.
 */
final class StoredInputs {
  private static final String TEXTS = "inputs.texts";
  private static final String IMAGES = "inputs.images";
  private static final String ENDS = ".ends";
  private static final long LARGEST = 1L << 30;

  private StoredInputs() {}

  /** The tensors of inputs. */
  static List<Tensor> tensors(AnchorInputs inputs) {
    List<Tensor> tensors = new ArrayList<>();
    add(
        tensors,
        TEXTS,
        inputs.texts().stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
    add(tensors, IMAGES, inputs.images());
    return tensors;
  }

  private static void add(List<Tensor> tensors, String name, List<byte[]> items) {
    if (items.isEmpty()) {
      return;
    }
    long size = items.stream().mapToLong(item -> item.length).sum();
    if (size > LARGEST) {
      throw StitchException.resources(
          "the inputs of %d anchor samples take %d bytes but a head's file holds %d; choose fewer"
              + " anchors, or keep their inputs out of the file",
          items.size(), size, LARGEST);
    }
    var all = new ByteArrayOutputStream((int) size);
    ByteBuffer ends = ByteBuffer.allocate(items.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] item : items) {
      all.writeBytes(item);
      ends.putLong(all.size());
    }
    tensors.add(Tensor.bytes(name, new int[] {all.size()}, all.toByteArray()));
    tensors.add(Tensor.of(name + ENDS, DType.I64, new int[] {items.size()}, ends.array()));
  }

  /** The inputs in a file, if it has them. */
  static Optional<AnchorInputs> read(Path file, Safetensors tensors, List<String> samples) {
    if (!tensors.names().contains(TEXTS) && !tensors.names().contains(IMAGES)) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (byte[] item : items(file, tensors, TEXTS)) {
      texts.add(text(file, item));
    }
    return Optional.of(new AnchorInputs(samples, texts, items(file, tensors, IMAGES)));
  }

  private static List<byte[]> items(Path file, Safetensors tensors, String name) {
    if (!tensors.names().contains(name)) {
      return List.of();
    }
    ByteBuffer all = tensors.bytes(name);
    List<byte[]> items = new ArrayList<>();
    long start = 0;
    for (long end : tensors.longs(name + ENDS)) {
      if (end < start || end > all.capacity()) {
        throw StitchException.badInput(
            "head '%s': input %d of '%s' ends at byte %d of %d; write the file again",
            file, items.size(), name, end, all.capacity());
      }
      byte[] item = new byte[(int) (end - start)];
      all.get((int) start, item);
      items.add(item);
      start = end;
    }
    return items;
  }

  private static String text(Path file, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw StitchException.badInput("head '%s': the text of an anchor is not UTF-8", file)
          .because(e);
    }
  }
}
