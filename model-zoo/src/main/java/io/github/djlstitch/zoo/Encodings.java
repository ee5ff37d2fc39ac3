// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.data.TextLines;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Data sets as encoders see them: encoded at most once for the same files, settings and data, and
 * kept; or written to a latent-space file, in windows. Thread-safe.
 */
final class Encodings {
  private final ModelZoo.Options options;
  private final CacheCounts counts;
  private final Remarks remarks;

  Encodings(ModelZoo.Options options, CacheCounts counts, Remarks remarks) {
    this.options = options;
    this.counts = counts;
    this.remarks = remarks;
  }

  /** A data set as an encoder sees it. */
  EncodedDataset of(EncoderEntry entry, LabelledData data) {
    return readsImagesOf(entry, data)
        ? encode(entry, data.requireImages(), entry::openForImages)
        : encode(entry, data.requireTexts(), entry::openForTexts);
  }

  // One that reads both, reads the images of pairs.
  private static boolean readsImagesOf(EncoderEntry entry, LabelledData data) {
    return entry.readsImages() && (data.images().isPresent() || !entry.readsTexts());
  }

  private <I> EncodedDataset encode(
      EncoderEntry entry, Dataset<I> dataset, Supplier<Encoder<I>> opener) {
    try (var opened = new LazyEncoder<>(opener)) {
      var encoded =
          new EncodedDataset(
              encode(entry, dataset, "train", dataset.train(), opened),
              encode(entry, dataset, "test", dataset.test(), opened));
      tellTruncation(entry.name(), opened.truncated());
      return encoded;
    }
  }

  private <I> LatentSpace encode(
      EncoderEntry entry,
      Dataset<I> dataset,
      String split,
      List<Sample<I>> samples,
      LazyEncoder<I> encoder) {
    var store = new EncodingStore(options.cache().resolve("encodings"), options.warnings(), counts);
    Provenance provenance = provenance(entry, dataset.name(), dataset.sha256(), split);
    return encoder.counting(
        new TruncationCount(store.file(provenance)),
        () -> store.get(provenance, dataset.classes(), samples, encoder::get, options.progress()));
  }

  private Provenance provenance(EncoderEntry entry, String data, String digest, String split) {
    String software = "djl-stitch, " + options.encoders().numbers().id();
    return new Provenance(entry.name(), entry.sha256(), data, digest, split, software);
  }

  /** Encodes a split, {@code train} or {@code test}, into a file. */
  void write(Path file, EncoderEntry entry, LabelledData data, String split) {
    if (readsImagesOf(entry, data)) {
      write(file, entry, data.requireImages(), split, entry.openForImages());
    } else {
      write(file, entry, data.requireTexts(), split, entry.openForTexts());
    }
  }

  private <I> void write(
      Path file, EncoderEntry entry, Dataset<I> data, String split, Encoder<I> opened) {
    try (opened) {
      EncodingStore.encode(
          file,
          provenance(entry, data.name(), data.sha256(), split),
          data.classes(),
          "train".equals(split) ? data.train() : data.test(),
          opened,
          options.progress());
      tellTruncation(entry.name(), truncated(opened));
    }
  }

  /** Encodes unlabeled texts into a file. */
  void write(Path file, EncoderEntry entry, TextLines texts) {
    try (Encoder<String> opened = entry.openForTexts()) {
      EncodingStore.encode(
          file,
          provenance(entry, texts.name(), texts.sha256(), "all"),
          List.of(),
          texts.samples(),
          opened,
          options.progress());
      tellTruncation(entry.name(), truncated(opened));
    }
  }

  private void tellTruncation(String encoder, long texts) {
    if (texts > 0) {
      remarks.tell(
          "encoder '%s' read only the beginning of %d texts, which exceed its token limit"
              .formatted(encoder, texts));
    }
  }

  private static long truncated(Encoder<?> encoder) {
    return encoder instanceof TextEncoder texts ? texts.truncated() : 0;
  }

  /** Opened at the first use, so that kept encodings need no model. */
  private static final class LazyEncoder<I> implements AutoCloseable {
    private final Supplier<Encoder<I>> opener;
    private @Nullable Encoder<I> encoder;
    private boolean used;
    private long truncated;

    LazyEncoder(Supplier<Encoder<I>> opener) {
      this.opener = opener;
    }

    Encoder<I> get() {
      used = true;
      if (encoder == null) {
        encoder = opener.get();
      }
      return encoder;
    }

    /** Truncated texts of all encodings, new ones and kept ones. */
    long truncated() {
      return truncated;
    }

    /** Makes or opens an encoding, and counts its truncated texts now or when it was made. */
    <T> T counting(TruncationCount kept, Supplier<T> encoding) {
      used = false;
      long before = encoder == null ? 0 : Encodings.truncated(encoder);
      T made = encoding.get();
      if (used && encoder != null) {
        kept.write(Encodings.truncated(encoder) - before);
      }
      truncated += kept.read();
      return made;
    }

    @Override
    public void close() {
      if (encoder != null) {
        encoder.close();
      }
    }
  }
}
