// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names of encoders in a table: of folders and repositories the last part, while that is unique.
 */
public final class ShortNames {
  private final boolean unique;

  private ShortNames(boolean unique) {
    this.unique = unique;
  }

  /** For encoders and decoders that stand in one table. */
  public static ShortNames of(Collection<String> encoders, Collection<String> decoders) {
    Set<String> all = new HashSet<>(encoders);
    all.addAll(decoders);
    List<String> parts = all.stream().map(ShortNames::lastPart).distinct().toList();
    return new ShortNames(parts.size() == all.size());
  }

  public String of(String name) {
    return unique ? lastPart(name) : name;
  }

  private static String lastPart(String name) {
    return name.replaceFirst("^.*[/\\\\](?=[^/\\\\])", "");
  }
}
