// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.NearestName;
import io.github.djlstitch.core.StitchException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Comma lists, globs and {@code all} to names. */
final class NameSelection {
  private static final String HEAD = "-head";

  private NameSelection() {}

  /**
   * The encoders a selection means.
   *
   * @throws StitchException (usage) for a part that means none
   */
  static List<String> encoders(String selection, List<String> known) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String part : selection.split(",", -1)) {
      chosen.addAll(matches("encoder", part.strip(), known));
    }
    return new ArrayList<>(chosen);
  }

  /**
   * The encoders whose heads a selection means: {@code minilm-head}, {@code *-head}, {@code all}.
   */
  static List<String> decoders(String selection, List<String> known) {
    List<String> heads = known.stream().map(name -> name + HEAD).toList();
    Set<String> chosen = new LinkedHashSet<>();
    for (String part : selection.split(",", -1)) {
      if (known.contains(part.strip())) {
        throw StitchException.usage(
            "'%s' is an encoder; the decoder trained on it is '%s%s'", part, part.strip(), HEAD);
      }
      for (String head : matches("decoder", part.strip(), heads)) {
        chosen.add(head.substring(0, head.length() - HEAD.length()));
      }
    }
    return new ArrayList<>(chosen);
  }

  private static List<String> matches(String what, String part, List<String> known) {
    if ("all".equals(part)) {
      return known;
    }
    if (known.contains(part)) {
      return List.of(part);
    }
    if (part.contains("*") || part.contains("?")) {
      Pattern glob = glob(part);
      List<String> found = known.stream().filter(name -> glob.matcher(name).matches()).toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    throw StitchException.usage(
        "no %s '%s'; %sknown: %s; 'stitch zoo list' shows them",
        what, part, NearestName.hint(part, known), String.join(", ", known));
  }

  // Not the JDK's globs: those give a meaning to braces and brackets, and refuse odd ones.
  private static Pattern glob(String text) {
    return Pattern.compile(
        text.codePoints()
            .mapToObj(Character::toString)
            .map(c -> "*".equals(c) ? ".*" : "?".equals(c) ? "." : Pattern.quote(c))
            .collect(Collectors.joining()));
  }
}
