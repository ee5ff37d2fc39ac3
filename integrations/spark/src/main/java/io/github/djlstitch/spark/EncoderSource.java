// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.io.Serializable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An encoder that each executor opens for itself, once for all of its tasks. Immutable.
 *
 * @param name in the zoo, or a folder that every executor has; {@code hf:ORG/NAME} is downloaded by
 *     each machine
 * @param cache folder of unpacked files on each machine; null for the one that the command line
 *     uses, {@link ZooOptions#usualCache}
 * @param role whose prefix comes before each text, of encoders that tell queries from documents;
 *     null for the encoder's usual one
 * @param numbers number type of the computation
 */
public record EncoderSource(
    String name, @Nullable String cache, @Nullable Role role, NumberType numbers)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** An encoder as it comes, in float32. */
  public static EncoderSource of(String name) {
    return new EncoderSource(name, null, null, NumberType.FLOAT32);
  }

  /** The same, its files kept in another folder of each machine. */
  public EncoderSource withCache(String folder) {
    return new EncoderSource(name, folder, role, numbers);
  }

  /** The same for texts of a role. */
  public EncoderSource inRole(Role other) {
    return new EncoderSource(name, cache, other, numbers);
  }

  /** The same in another number type. */
  public EncoderSource withNumbers(NumberType other) {
    return new EncoderSource(name, cache, role, other);
  }

  /** A zoo on this machine. */
  ModelZoo zoo() {
    Path home = Path.of(System.getProperty("user.home"));
    Path folder = cache == null ? ZooOptions.usualCache(System.getenv(), home) : Path.of(cache);
    ModelZoo zoo =
        ModelZoo.open(ZooOptions.in(folder).withHub(HubOptions.from(System.getenv(), home)));
    return zoo.reading(
        how -> role == null ? how.withNumbers(numbers) : how.withNumbers(numbers).withRole(role));
  }
}
