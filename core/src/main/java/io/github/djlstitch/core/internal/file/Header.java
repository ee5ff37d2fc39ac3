// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checked header of a safetensors file.
 *
 * @param metadata free texts, in the order of the header
 * @param tensors by name, in the order of their bytes; they cover the data without a gap
 */
record Header(Map<String, String> metadata, Map<String, TensorInfo> tensors) {
  /** The reserved name under which the header keeps its metadata. */
  static final String METADATA = "__metadata__";

  /** Longest header, in bytes; the limit of the reference implementation. */
  static final long LONGEST = 100_000_000;

  /** Most dimensions of a tensor; the format has no limit, PyTorch has this one. */
  static final int HIGHEST_RANK = 64;

  /** Orders tensors by their bytes and checks that these cover {@code dataSize} bytes exactly. */
  static Header ofUnordered(
      Map<String, String> metadata, Map<String, TensorInfo> tensors, long dataSize) {
    Map<String, TensorInfo> ordered = new LinkedHashMap<>();
    long expected = 0;
    for (var entry : byOffset(tensors)) {
      TensorInfo info = entry.getValue();
      if (info.begin() != expected) {
        throw new HeaderFault(
            "tensor '%s' must begin at byte %d, where the one before it ends, but data_offsets are"
                + " [%d, %d]",
            Printable.of(entry.getKey()), expected, info.begin(), info.end());
      }
      expected = info.end();
      ordered.put(entry.getKey(), info);
    }
    if (expected != dataSize) {
      throw new HeaderFault(
          "the tensors cover %d bytes but %d bytes follow the header", expected, dataSize);
    }
    return new Header(metadata, ordered);
  }

  private static List<Map.Entry<String, TensorInfo>> byOffset(Map<String, TensorInfo> tensors) {
    return tensors.entrySet().stream()
        .sorted(
            Map.Entry.comparingByValue(
                Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end)))
        .toList();
  }
}
