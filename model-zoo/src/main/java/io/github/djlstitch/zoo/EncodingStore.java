// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.LatentSpace.VectorSource;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.zoo.internal.cache.CacheFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Encodings stored on disk, so that a data set is encoded once by each encoder. An entry is named
 * by the digests of the encoder and of the data; a damaged one is recomputed, with a warning.
 */
final class EncodingStore {
  private static final int PREFIX = 24;

  private final Path folder;
  private final Consumer<String> warnings;
  private final CacheCounts counts;

  EncodingStore(Path folder, Consumer<String> warnings, CacheCounts counts) {
    this.folder = folder;
    this.warnings = warnings;
    this.counts = counts;
  }

  /**
   * The latent space of samples.
   *
   * @param encoder opened only if there is no entry
   */
  <I> LatentSpace get(
      Provenance provenance,
      List<String> classes,
      List<Sample<I>> samples,
      Supplier<Encoder<I>> encoder,
      Progress progress) {
    Path file = file(provenance);
    if (Files.isRegularFile(file)) {
      try {
        LatentSpace space = SharedEntry.open(() -> open(file, provenance, classes));
        counts.hit();
        CacheFolder.touch(file);
        return space;
      } catch (StitchException e) {
        warnings.accept("cached encoding is damaged, encoding again (" + e.getMessage() + ")");
      }
    }
    counts.miss();
    return SharedEntry.make(
        () -> encode(file, provenance, classes, samples, encoder.get(), progress),
        () -> open(file, provenance, classes));
  }

  /** The file of an entry. */
  Path file(Provenance provenance) {
    return folder.resolve(
        CacheName.of(provenance.encoder())
            + "-"
            + provenance.split()
            + "-"
            + provenance.key().substring(0, PREFIX)
            + ".safetensors");
  }

  // Under the names of now: the entry has those of whoever made it first.
  private static LatentSpace open(Path file, Provenance provenance, List<String> classes) {
    LatentSpace space = LatentSpace.open(file);
    requireSame(file, space, provenance, classes);
    return space.named(provenance);
  }

  // The digest in a space's card covers its vectors; this covers the rest of the card.
  private static void requireSame(
      Path file, LatentSpace found, Provenance wanted, List<String> classes) {
    if (!found.provenance().key().equals(wanted.key()) || !found.classes().equals(classes)) {
      throw StitchException.verification("the card of '%s' describes another encoding", file);
    }
  }

  /** Encodes samples into a file, a window at a time. */
  private static <I> void encode(
      Path file,
      Provenance provenance,
      List<String> classes,
      List<Sample<I>> samples,
      Encoder<I> encoder,
      Progress progress) {
    String part = "all".equals(provenance.split()) ? "" : " " + provenance.split();
    String task = "encode " + provenance.dataset() + part + " with " + provenance.encoder();
    Optional<EncodingPart> kept = EncodingPart.of(file, encoder.dimension());
    try {
      var source = new SortedWindows<>(task, samples, encoder, kept, progress);
      write(file, provenance, classes, samples, encoder.dimension(), source);
      kept.ifPresent(EncodingPart::delete);
    } finally {
      kept.ifPresent(EncodingPart::close);
    }
  }

  /** Writes the vectors of samples as a latent space of its own. */
  static <I> void write(
      Path file,
      Provenance provenance,
      List<String> classes,
      List<Sample<I>> samples,
      int width,
      VectorSource source) {
    boolean labelled = !classes.isEmpty();
    LatentSpace.write(
        file,
        samples.stream().map(Sample::id).toList(),
        labelled ? samples.stream().mapToInt(Sample::label).toArray() : new int[0],
        classes,
        provenance,
        width,
        source);
  }
}
