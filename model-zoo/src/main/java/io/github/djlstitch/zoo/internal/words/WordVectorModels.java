// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.words;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.zoo.internal.cache.CacheFolder;
import io.github.djlstitch.zoo.internal.words.SkipGram.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Word vectors of two kinds, each trained once for a corpus and a seed and then read: a folder for
 * each under {@code trained}, named by the digest of its recipe. A damaged one is trained again,
 * with a warning.
 */
public final class WordVectorModels {
  private static final int WIDTH = 64;
  private static final int EPOCHS = 8;
  private static final int WINDOW = 5;
  private static final int PREFIX = 24;
  private static final String FILE = "vectors.safetensors";

  private final Path folder;
  private final Consumer<String> warnings;
  private final Progress progress;

  private WordVectorModels(Path folder, Consumer<String> warnings, Progress progress) {
    this.folder = folder;
    this.warnings = warnings;
    this.progress = progress;
  }

  /** Returns models that are kept under a cache folder. */
  public static WordVectorModels in(Path cache, Consumer<String> warnings, Progress progress) {
    return new WordVectorModels(cache.resolve("trained"), warnings, progress);
  }

  /** Skip-gram with negative sampling; the words as ids. */
  public LatentSpace skipGram(WordCorpus corpus, long seed) {
    Options options = Options.small(WIDTH, EPOCHS);
    return get(
        "skip-gram",
        options + " seed=" + seed,
        corpus,
        () -> SkipGram.train(corpus, options, seed, progress));
  }

  /**
   * The leading singular vectors, scaled by their singular values, of the mutual information of
   * words and their neighbors; the words as ids.
   */
  public LatentSpace pmiSvd(WordCorpus corpus, long seed) {
    int width = Math.min(WIDTH, corpus.words().size());
    return get(
        "pmi-svd",
        "width=" + width + " window=" + WINDOW + " seed=" + seed,
        corpus,
        () ->
            LeadingDirections.of(Cooccurrences.information(corpus, WINDOW), width, seed, progress));
  }

  private LatentSpace get(
      String kind, String settings, WordCorpus corpus, Supplier<FloatMatrix> training) {
    String recipe = Sha256.builder().add(kind).add(settings).add(corpus.sha256()).hex();
    Path file = folder.resolve(kind + "-" + recipe.substring(0, PREFIX)).resolve(FILE);
    if (Files.isRegularFile(LatentSpace.card(file))) {
      try {
        LatentSpace kept = LatentSpace.open(file);
        CacheFolder.touch(file);
        return kept;
      } catch (StitchException e) {
        warnings.accept("cached word vectors are damaged, training again (" + e.getMessage() + ")");
      }
    }
    var origin = new Provenance(kind, recipe, "running text", corpus.sha256(), "all", "djl-stitch");
    FloatMatrix vectors = training.get();
    LatentSpace.of(corpus.words(), new int[0], List.of(), vectors, origin).save(file);
    return LatentSpace.open(file);
  }
}
