// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.HeadRecipe.HeadSource;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadFile;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.decoders.HeadTrainer;
import io.github.djlstitch.zoo.internal.cache.CacheFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Heads stored on disk: trained once, then read. A damaged one is trained again, with a warning.
 */
final class DecoderStore implements HeadSource {
  private static final int PREFIX = 24;

  private final Path folder;
  private final HeadOptions options;
  private final Consumer<String> warnings;
  private final CacheCounts counts;

  DecoderStore(Path folder, HeadOptions options, Consumer<String> warnings, CacheCounts counts) {
    this.folder = folder;
    this.options = options;
    this.warnings = warnings;
    this.counts = counts;
  }

  @Override
  public ClassifierHead head(DecoderSpec spec, Supplier<FloatMatrix> inputs, int[] labels) {
    String key = spec.key().substring(0, PREFIX);
    Path file =
        folder.resolve(
            CacheName.of(spec.name()) + "-" + spec.reads().id() + "-" + key + HeadFile.ENDING);
    if (Files.isRegularFile(file)) {
      try {
        ClassifierHead head = SharedEntry.open(() -> open(file, spec));
        counts.hit();
        CacheFolder.touch(file);
        return head;
      } catch (StitchException e) {
        warnings.accept("cached head is damaged, training again (" + e.getMessage() + ")");
      }
    }
    counts.miss();
    ClassifierHead head = HeadTrainer.train(spec, inputs.get(), labels, options);
    return SharedEntry.make(() -> HeadFile.save(head, file), () -> open(file, spec));
  }

  private static ClassifierHead open(Path file, DecoderSpec spec) {
    ClassifierHead head = HeadFile.load(file);
    requireSame(file, head.spec(), spec);
    return head;
  }

  // The digest in a head's file covers its content; this compares it with what is wanted.
  private static void requireSame(Path file, DecoderSpec found, DecoderSpec wanted) {
    if (!found.key().equals(wanted.key()) || !found.classes().equals(wanted.classes())) {
      throw StitchException.verification("'%s' describes another head", file);
    }
  }
}
