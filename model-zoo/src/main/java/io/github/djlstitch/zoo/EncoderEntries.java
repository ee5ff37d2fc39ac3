// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.encoders.internal.checkpoint.Checkpoint;
import io.github.djlstitch.encoders.internal.checkpoint.Modality;
import io.github.djlstitch.zoo.internal.hub.Hub;
import io.github.djlstitch.zoo.internal.hub.RepoId;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The encoders that a zoo can find, each looked for once. Thread-safe. */
final class EncoderEntries {
  static final List<ModelCard> CARDS =
      Stream.of(EmbeddedModels.CARDS, EmbeddedCheckpoint.CARDS, PublishedModels.CARDS)
          .<ModelCard>flatMap(List::stream)
          .toList();
  static final List<String> NAMES = CARDS.stream().map(ModelCard::name).toList();

  private static final String HUB_PREFIX = "hf:";

  private final ZooOptions options;
  private final ArtifactStore artifacts;
  private final Hub hub;
  private final Map<String, EncoderEntry> found = new ConcurrentHashMap<>();

  EncoderEntries(ZooOptions options, Hub hub) {
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

  /** The bytes of the files of an encoder that is at hand. */
  long bytes(ModelCard card) {
    if (card instanceof PublishedCard published) {
      return hub.keptBytes(published.repo());
    }
    return ArtifactStore.bytes(
        card instanceof EmbeddedCheckpoint folder
            ? folder.files()
            : List.of(((EmbeddedCard) card).weights(), ((EmbeddedCard) card).tokenizer()));
  }

  /**
   * Finds an encoder by its name in the zoo, {@code hf:ORG/NAME[@REVISION]} or a folder, gets its
   * files and reads its settings, without opening it.
   */
  EncoderEntry find(String name) {
    return found.computeIfAbsent(name, this::prompted);
  }

  private EncoderEntry prompted(String name) {
    EncoderEntry entry = search(name);
    if (!options.encoders().prompt().isUsual() && !entry.readsTexts()) {
      throw StitchException.usage(
          "encoder '%s' reads images, which have neither prefix nor role; give none", name);
    }
    if (entry.ignoresRole()) {
      options
          .warnings()
          .accept(
              "encoder '%s' has no prefix by role; queries and documents are encoded alike"
                  .formatted(name));
    }
    return entry;
  }

  /**
   * The samples that an encoder reads, as its card or its configuration says; no weights are
   * downloaded.
   *
   * @throws StitchException (usage) if there is no such name; (bad input) if its files are not
   *     those of an encoder
   */
  Modality reads(String name) {
    if (name.startsWith(HUB_PREFIX) && !found.containsKey(name)) {
      return Checkpoint.open(HubModels.configuration(hub, repo(name))).modality();
    }
    return NAMES.contains(name) ? modality(card(name)) : modality(find(name));
  }

  private static Modality modality(ModelCard card) {
    return switch (card.reads()) {
      case "texts" -> Modality.TEXT;
      case "images" -> Modality.IMAGE;
      default -> Modality.TEXT_AND_IMAGE;
    };
  }

  private static Modality modality(EncoderEntry entry) {
    boolean both = entry.readsTexts() && entry.readsImages();
    return both ? Modality.TEXT_AND_IMAGE : entry.readsImages() ? Modality.IMAGE : Modality.TEXT;
  }

  /** The repository whose files an encoder needs, if it is on the Hub. */
  static Optional<RepoId> published(String name) {
    if (name.startsWith(HUB_PREFIX)) {
      return Optional.of(repo(name));
    }
    return PublishedModels.CARDS.stream()
        .filter(card -> card.name().equals(name))
        .map(PublishedCard::repo)
        .findFirst();
  }

  private static RepoId repo(String name) {
    return RepoId.model(name.substring(HUB_PREFIX.length()));
  }

  private EncoderEntry search(String name) {
    if (name.startsWith(HUB_PREFIX)) {
      return published(name, repo(name));
    }
    if (!NAMES.contains(name) && isFolder(name)) {
      return checkpoint(name, Path.of(name));
    }
    ModelCard card = card(name);
    if (card instanceof PublishedCard known) {
      return published(name, known.repo());
    }
    return card instanceof EmbeddedCheckpoint files
        ? checkpoint(name, artifacts.folder(files.files()))
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
