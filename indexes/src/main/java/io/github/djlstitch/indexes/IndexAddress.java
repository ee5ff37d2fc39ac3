// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.name.NearestName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The place and format of an index, written {@code FORMAT:PATH}.
 *
 * @param format of the file or folder
 * @param path of the file or folder
 */
public record IndexAddress(IndexFormat format, Path path) {
  private static final Map<String, IndexFormat> ENDINGS =
      new TreeMap<>(
          Map.of(
              ".npy", IndexFormat.NPY,
              ".fbin", IndexFormat.FBIN,
              ".fvecs", IndexFormat.FVECS,
              ".jsonl", IndexFormat.JSONL,
              ".ndjson", IndexFormat.JSONL,
              ".safetensors", IndexFormat.SAFETENSORS,
              ".parquet", IndexFormat.PARQUET));

  /**
   * Reads {@code fbin:vectors.bin}, or a path alone whose ending tells the format: {@code .npy},
   * {@code .fbin}, {@code .fvecs}, {@code .jsonl}, {@code .ndjson}, {@code .safetensors} and {@code
   * .parquet}.
   *
   * @throws StitchException (usage) if there is no such format; the message has the nearest name
   */
  public static IndexAddress parse(String text) {
    int colon = text.indexOf(':');
    String prefix = text.substring(0, Math.max(0, colon));
    for (IndexFormat format : IndexFormat.values()) {
      if (format.id().equals(prefix)) {
        return new IndexAddress(format, path(text, text.substring(colon + 1)));
      }
    }
    if (prefix.matches("[A-Za-z0-9_-]{2,}")) {
      throw StitchException.usage(
          "'%s': there is no format of indexes '%s'; %sexpected one of %s",
          Printable.of(text), prefix, NearestName.hint(prefix, formats()), formatList());
    }
    return new IndexAddress(byEnding(text), path(text, text));
  }

  private static IndexFormat byEnding(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return ENDINGS.entrySet().stream()
        .filter(ending -> lower.endsWith(ending.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () ->
                StitchException.usage(
                    "'%s' does not tell its format; write FORMAT:PATH with one of %s, or a file"
                        + " that ends in %s",
                    Printable.of(text), formatList(), String.join(", ", ENDINGS.keySet())));
  }

  private static Path path(String text, String path) {
    if (path.isEmpty()) {
      throw StitchException.usage("'%s' has no path; write FORMAT:PATH", Printable.of(text));
    }
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw StitchException.usage("'%s' is no path: %s", Printable.of(path), e.getReason())
          .because(e);
    }
  }

  private static List<String> formats() {
    return Arrays.stream(IndexFormat.values()).map(IndexFormat::id).toList();
  }

  private static String formatList() {
    return String.join(", ", formats());
  }

  @Override
  public String toString() {
    return format.id() + ":" + path;
  }
}
