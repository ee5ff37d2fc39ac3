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
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Data sets as encoders see them: encoded at most once for the same files, settings and data, and
 * kept; or written to a latent-space file, in windows. Thread-safe.
 */
final class Encodings {
  private final ModelZoo.Options options;
  private final CacheCounts counts;

  Encodings(ModelZoo.Options options, CacheCounts counts) {
    this.options = options;
    this.counts = counts;
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
      opened.ifOpen(this::tellTruncation);
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
    return store.get(
        provenance(entry, dataset.name(), dataset.sha256(), split),
        dataset.classes(),
        samples,
        encoder::get,
        options.progress());
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
      tellTruncation(opened);
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
      tellTruncation(opened);
    }
  }

  private void tellTruncation(Encoder<?> encoder) {
    if (encoder instanceof TextEncoder texts && texts.truncated() > 0) {
      options
          .warnings()
          .accept(
              "encoder '%s' read only the beginning of %d texts, which exceed its token limit"
                  .formatted(encoder.id(), texts.truncated()));
    }
  }

  /** Opened at the first use, so that kept encodings need no model. */
  private static final class LazyEncoder<I> implements AutoCloseable {
    private final Supplier<Encoder<I>> opener;
    private @Nullable Encoder<I> encoder;

    LazyEncoder(Supplier<Encoder<I>> opener) {
      this.opener = opener;
    }

    Encoder<I> get() {
      if (encoder == null) {
        encoder = opener.get();
      }
      return encoder;
    }

    void ifOpen(Consumer<Encoder<I>> action) {
      if (encoder != null) {
        action.accept(encoder);
      }
    }

    @Override
    public void close() {
      if (encoder != null) {
        encoder.close();
      }
    }
  }
}
