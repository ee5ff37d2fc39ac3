// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.checkpoint.Checkpoint;
import io.github.djlstitch.encoders.internal.checkpoint.Modality;
import io.github.djlstitch.encoders.internal.weights.ShardedWeights;
import io.github.djlstitch.zoo.internal.hub.Hub;
import io.github.djlstitch.zoo.internal.hub.RepoId;
import io.github.djlstitch.zoo.internal.hub.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The files that an encoder consists of, from a repository on the Hub, all of one commit. */
final class HubModels {
  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = WEIGHTS + ".index.json";
  private static final List<String> REQUIRED = List.of("config.json");
  private static final String MODULES = "modules.json";

  // Each with what it decides of the vectors.
  private static final Map<String, String> OPTIONAL =
      Map.of(
          "preprocessor_config.json",
          "how images are resized and normalized",
          "tokenizer.json",
          "how texts are cut",
          "tokenizer_config.json",
          "how texts are cut",
          "special_tokens_map.json",
          "which special tokens texts get",
          "added_tokens.json",
          "which special tokens texts get",
          MODULES,
          "how the vectors of tokens are pooled and scaled",
          "sentence_bert_config.json",
          "how long texts may be, and their case",
          "config_sentence_transformers.json",
          "what is put before every text",
          "1_Pooling/config.json",
          "how the vectors of tokens are pooled",
          WEIGHTS,
          "all vectors");

  private HubModels() {}

  /**
   * Counts the bytes that {@link #folder} would download; empty if the Hub does not answer.
   *
   * @throws StitchException (unavailable) if the repository does not exist, is closed or has no
   *     safetensors file
   */
  static OptionalLong missingBytes(Hub hub, RepoId repo) {
    if (areKept(hub, repo)) {
      return OptionalLong.of(0);
    }
    OptionalLong weights = hub.missingBytes(repo, List.of(WEIGHTS));
    if (weights.isPresent() && weights.getAsLong() == 0 && !hub.keeps(repo, WEIGHTS)) {
      weights = hub.missingBytes(repo, requireAny(shards(hub, repo), repo));
    }
    OptionalLong rest =
        hub.missingBytes(
            repo,
            Stream.concat(REQUIRED.stream(), OPTIONAL.keySet().stream())
                .filter(path -> !path.equals(WEIGHTS))
                .toList());
    return weights.isPresent() && rest.isPresent()
        ? OptionalLong.of(weights.getAsLong() + rest.getAsLong())
        : OptionalLong.empty();
  }

  /**
   * The folder that holds the configuration only, which says what the encoder reads.
   *
   * @throws StitchException (unavailable) if it cannot be downloaded
   */
  static Path configuration(Hub hub, RepoId repo) {
    return hub.snapshot(repo, REQUIRED, List.of()).folder();
  }

  /**
   * The folder that holds them.
   *
   * @throws StitchException (unavailable) if they cannot be downloaded, or the repository has no
   *     safetensors file
   */
  static Path folder(Hub hub, RepoId repo) {
    var optional = OPTIONAL.keySet().stream().sorted().toList();
    Snapshot snapshot = hub.snapshot(repo, REQUIRED, optional);
    snapshot.unknown().forEach(path -> judge(hub, snapshot, path));
    if (Files.exists(snapshot.folder().resolve(WEIGHTS))) {
      return snapshot.folder();
    }
    List<String> shards = shards(hub, snapshot.repo());
    if (shards.isEmpty() && snapshot.unknown().contains(WEIGHTS)) {
      throw hub.unknown(snapshot, WEIGHTS, "all vectors");
    }
    return hub.snapshot(snapshot.repo(), requireAny(shards, repo), List.of()).folder();
  }

  private static List<String> shards(Hub hub, RepoId repo) {
    return hub.fileIfPresent(repo, INDEX).map(ShardedWeights::names).orElse(List.of());
  }

  private static List<String> requireAny(List<String> shards, RepoId repo) {
    if (shards.isEmpty()) {
      throw StitchException.unavailable(
          "repository %s has neither %s nor %s; weights published as pickles (pytorch_model.bin)"
              + " can run code and are refused: name a revision that has safetensors, such as"
              + " hf:%s@refs/pr/N, or convert them on a machine you trust and give the folder",
          repo, WEIGHTS, INDEX, repo.id());
    }
    return shards;
  }

  // Others than the named ones are of no matter to this network, or must be there by another's
  // word.
  private static void judge(Hub hub, Snapshot snapshot, String path) {
    Path folder = snapshot.folder();
    boolean timm = JsonCard.read(folder.resolve("config.json")).gives("architecture");
    Modality reads = Checkpoint.open(folder).modality();
    boolean sentences = Files.exists(folder.resolve(MODULES));
    String decides = Objects.requireNonNull(OPTIONAL.get(path));
    switch (path) {
      case "preprocessor_config.json" ->
          requireKnown(hub, snapshot, path, reads.readsImages() && !timm);
      case "tokenizer.json", "tokenizer_config.json", MODULES ->
          requireKnown(hub, snapshot, path, reads.readsTexts());
      case "sentence_bert_config.json", "config_sentence_transformers.json" ->
          requireKnown(hub, snapshot, path, sentences);
      case "special_tokens_map.json", "added_tokens.json" -> {
        if (reads.readsTexts()) {
          hub.warnUnknown(snapshot, path, decides);
        }
      }
      default -> {} // the weights, and the pooling that modules.json names, fail where they are
        // missed
    }
  }

  private static void requireKnown(Hub hub, Snapshot snapshot, String path, boolean matters) {
    if (matters) {
      throw hub.unknown(snapshot, path, Objects.requireNonNull(OPTIONAL.get(path)));
    }
  }

  /** Returns true if all of them are in the Hub's cache. Makes no request, and reads no weights. */
  static boolean areKept(Hub hub, RepoId repo) {
    return hub.keeps(repo, "config.json") && (hub.keeps(repo, WEIGHTS) || hub.keeps(repo, INDEX));
  }
}
