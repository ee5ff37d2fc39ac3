// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.options.EncoderOptions.Prompt;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The text before every text. */
@About(Topic.ENCODERS)
public final class PromptOptions {
  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = {
        "What the texts are for a search, query or document: puts the encoder's prefix",
        "of that role before each (default: its usual prefix; see 'stitch zoo info E')."
      })
  @Nullable Role role;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "Put this before every text in place of the encoder's prefix; may be empty.")
  @Nullable String prefix;

  /** Lets a command and its subcommands read options of these types. */
  public static void register(CommandLine command) {
    Choice.register(command, "role", Role.class);
  }

  Prompt prompt() {
    if (role != null && prefix != null) {
      throw StitchException.usage("give --role or --prefix, not both");
    }
    return new Prompt(Optional.ofNullable(role), Optional.ofNullable(prefix));
  }
}
