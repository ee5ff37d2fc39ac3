// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import io.github.djlstitch.encoders.options.EncoderOptions.Prompt;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import java.util.Map;

/**
 * The texts that an encoder puts before texts.
 *
 * @param usual put before every text whose role is not told; may be empty
 * @param byRole put before texts of these roles; may be empty
 */
public record Prefixes(String usual, Map<Role, String> byRole) {
  /** Takes a copy. */
  public Prefixes {
    byRole = Map.copyOf(byRole);
  }

  /** One for all texts, or none. */
  public static Prefixes of(String usual) {
    return new Prefixes(usual, Map.of());
  }

  /** One for queries and one for documents, besides the usual. */
  public static Prefixes of(String usual, String queries, String documents) {
    return new Prefixes(usual, Map.of(Role.QUERY, queries, Role.DOCUMENT, documents));
  }

  /** The prefix that is chosen; a role without one has the usual. */
  public String of(Prompt prompt) {
    return prompt
        .prefix()
        .orElseGet(() -> prompt.role().map(r -> byRole.getOrDefault(r, usual)).orElse(usual));
  }

  /** Returns true if a role is asked for and no prefix of any role is known. */
  public boolean ignores(Prompt prompt) {
    return prompt.role().isPresent() && byRole.isEmpty();
  }
}
