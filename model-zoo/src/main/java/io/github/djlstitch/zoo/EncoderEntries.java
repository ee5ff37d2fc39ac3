// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.zoo.internal.hub.Hub;
import io.github.djlstitch.zoo.internal.hub.RepoId;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The encoders that a zoo can find, each looked for once. Thread-safe. */
final class EncoderEntries {
  static final List<ModelCard> CARDS =
      Stream.<ModelCard>concat(EmbeddedModels.CARDS.stream(), PublishedModels.CARDS.stream())
          .toList();
  static final List<String> NAMES = CARDS.stream().map(ModelCard::name).toList();

  private static final String HUB_PREFIX = "hf:";

  private final ModelZoo.Options options;
  private final ArtifactStore artifacts;
  private final Hub hub;
  private final Map<String, EncoderEntry> found = new ConcurrentHashMap<>();

  EncoderEntries(ModelZoo.Options options, Hub hub) {
    this.options = options;
    this.artifacts = new ArtifactStore(options.cache().resolve("models"), options.warnings());
    this.hub = hub;
  }

  /**
   * The card of that name.
   *
   * @throws StitchException (usage) naming the nearest, if there is none
   */
  static ModelCard card(String name) {
    return CARDS.stream()
        .filter(card -> card.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                StitchException.usage(
                    "no encoder '%s'; %sknown: %s",
                    name, NearestName.hint(name, NAMES), String.join(", ", NAMES)));
  }

  /**
   * Finds an encoder by its name in the zoo, {@code hf:ORG/NAME[@REVISION]} or a folder, gets its
   * files and reads its settings, without opening it.
   */
  EncoderEntry find(String name) {
    return found.computeIfAbsent(name, this::search);
  }

  private EncoderEntry search(String name) {
    if (name.startsWith(HUB_PREFIX)) {
      return published(name, RepoId.model(name.substring(HUB_PREFIX.length())));
    }
    if (!NAMES.contains(name) && isFolder(name)) {
      return checkpoint(name, Path.of(name));
    }
    ModelCard card = card(name);
    return card instanceof PublishedCard known
        ? published(name, known.repo())
        : new EmbeddedEntry((EmbeddedCard) card, options.encoders(), artifacts);
  }

  private EncoderEntry published(String name, RepoId repo) {
    return checkpoint(name, HubModels.folder(hub, repo));
  }

  private EncoderEntry checkpoint(String name, Path folder) {
    CheckpointEntry entry = CheckpointEntry.open(name, folder, options.encoders());
    entry.warnings().forEach(options.warnings());
    return entry;
  }

  private static boolean isFolder(String name) {
    try {
      return name.contains("/") || name.contains("\\") || Files.isDirectory(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
