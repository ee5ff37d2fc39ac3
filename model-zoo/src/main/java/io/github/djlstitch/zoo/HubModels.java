// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.weights.ShardedWeights;
import io.github.djlstitch.zoo.internal.hub.Hub;
import io.github.djlstitch.zoo.internal.hub.RepoId;
import io.github.djlstitch.zoo.internal.hub.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that an encoder consists of, from a repository on the Hub, all of one commit. */
final class HubModels {
  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = WEIGHTS + ".index.json";
  private static final List<String> REQUIRED = List.of("config.json");
  private static final List<String> OPTIONAL =
      List.of(
          "preprocessor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "modules.json",
          "sentence_bert_config.json",
          "config_sentence_transformers.json",
          "1_Pooling/config.json",
          WEIGHTS);

  private HubModels() {}

  /**
   * The folder that holds them.
   *
   * @throws StitchException (unavailable) if they cannot be downloaded, or the repository has no
   *     safetensors file
   */
  static Path folder(Hub hub, RepoId repo) {
    Snapshot snapshot = hub.snapshot(repo, REQUIRED, OPTIONAL);
    if (Files.exists(snapshot.folder().resolve(WEIGHTS))) {
      return snapshot.folder();
    }
    List<String> shards =
        hub.fileIfPresent(snapshot.repo(), INDEX).map(ShardedWeights::names).orElse(List.of());
    if (shards.isEmpty()) {
      throw StitchException.unavailable(
          "repository %s has neither %s nor %s; weights published as pickles (pytorch_model.bin)"
              + " can run code and are refused: name a revision that has safetensors, such as"
              + " hf:%s@refs/pr/N, or convert them on a machine you trust and give the folder",
          repo, WEIGHTS, INDEX, repo.id());
    }
    return hub.snapshot(snapshot.repo(), shards, List.of()).folder();
  }

  /** Returns true if all of them are in the Hub's cache. Makes no request, and reads no weights. */
  static boolean areKept(Hub hub, RepoId repo) {
    return hub.keeps(repo, "config.json") && (hub.keeps(repo, WEIGHTS) || hub.keeps(repo, INDEX));
  }
}
