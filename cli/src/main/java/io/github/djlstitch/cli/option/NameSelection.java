// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.zoo.ModelZoo;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Comma lists, globs, folders, {@code hf:} repositories and {@code all} to names of encoders.
 *
 * @param names every encoder that has a name
 * @param bundled those of them that come with the build; {@code all} means these
 */
public record NameSelection(List<String> names, List<String> bundled) {
  private static final String HEAD = "-head";

  public static NameSelection of(ModelZoo zoo) {
    return new NameSelection(zoo.names(), zoo.bundled());
  }

  /**
   * The encoders a selection means.
   *
   * @throws StitchException (usage) for a part that means none
   */
  public List<String> encoders(String selection) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String part : selection.split(",", -1)) {
      chosen.addAll(matches("encoder", part.strip(), ""));
    }
    return new ArrayList<>(chosen);
  }

  /**
   * The encoders whose heads a selection means: {@code minilm-head}, {@code *-head}, {@code all}.
   */
  public List<String> decoders(String selection) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String part : selection.split(",", -1)) {
      if (names.contains(part.strip())) {
        throw StitchException.usage(
            "'%s' is an encoder; the decoder trained on it is '%s%s'", part, part.strip(), HEAD);
      }
      chosen.addAll(matches("decoder", part.strip(), HEAD));
    }
    return new ArrayList<>(chosen);
  }

  private List<String> matches(String what, String part, String suffix) {
    if (List.of("all", "*", "*" + suffix).contains(part)) {
      return bundled;
    }
    String name = part.endsWith(suffix) ? part.substring(0, part.length() - suffix.length()) : "";
    if (names.contains(name)) {
      return List.of(name);
    }
    if (isPlace(name)) {
      return List.of(name.replaceFirst("(?<=[^/\\\\:])[/\\\\]+$", ""));
    }
    List<String> found = part.contains("*") || part.contains("?") ? glob(part, suffix) : List.of();
    if (!found.isEmpty()) {
      return found;
    }
    List<String> known = names.stream().map(n -> n + suffix).toList();
    throw StitchException.usage(
        "no %s '%s'; %sknown: %s, a folder%s, hf:ORG/NAME%s; 'stitch zoo list' shows them",
        what, part, NearestName.hint(part, known), String.join(", ", known), suffix, suffix);
  }

  // A folder or a repository, as opposed to a name; whether there is one is for the zoo to say.
  private static boolean isPlace(String text) {
    if (text.startsWith("hf:") || text.contains("/") || text.contains("\\")) {
      return true;
    }
    try {
      return !text.isEmpty() && Files.isDirectory(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  // Not the JDK's globs: those give a meaning to braces and brackets, and refuse odd ones.
  private List<String> glob(String text, String suffix) {
    Pattern glob =
        Pattern.compile(
            text.codePoints()
                .mapToObj(Character::toString)
                .map(c -> "*".equals(c) ? ".*" : "?".equals(c) ? "." : Pattern.quote(c))
                .collect(Collectors.joining()));
    return names.stream().filter(name -> glob.matcher(name + suffix).matches()).toList();
  }
}
