// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.decoders.Standalone;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.data.CutTexts;
import io.github.djlstitch.zoo.internal.data.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Data sets as encoders see them: encoded at most once for the same files, settings and data, and
 * kept; also those that are written to a latent-space file. Thread-safe.
 */
final class Encodings {
  private final ZooOptions options;
  private final CacheCounts counts;
  private final Remarks remarks;

  Encodings(ZooOptions options, CacheCounts counts, Remarks remarks) {
    this.options = options;
    this.counts = counts;
    this.remarks = remarks;
  }

  /** A data set as an encoder sees it. */
  EncodedDataset of(EncoderEntry entry, LabelledData data) {
    List<LatentSpace> both = splits(entry, data, "train", "test");
    return new EncodedDataset(both.get(0), both.get(1));
  }

  /** The test split of a data set as an encoder sees it; the other is not touched. */
  LatentSpace test(EncoderEntry entry, LabelledData data) {
    return splits(entry, data, "test").get(0);
  }

  private List<LatentSpace> splits(EncoderEntry entry, LabelledData data, String... names) {
    return readsImagesOf(entry, data)
        ? encode(entry, data.requireImages(), entry::openForImages, names)
        : encode(entry, data.requireTexts(), entry::openForTexts, names);
  }

  // One that reads both, reads the images of pairs, unless texts are asked for by their prefix.
  private boolean readsImagesOf(EncoderEntry entry, LabelledData data) {
    boolean texts = entry.readsTexts() && !options.encoders().prompt().isUsual();
    return entry.readsImages() && !texts && (data.images().isPresent() || !entry.readsTexts());
  }

  private <I> List<LatentSpace> encode(
      EncoderEntry entry, Dataset<I> dataset, Supplier<Encoder<I>> opener, String... splits) {
    try (var opened = new LazyEncoder<>(opener)) {
      List<LatentSpace> spaces = new ArrayList<>();
      for (String split : splits) {
        var samples = "train".equals(split) ? dataset.train() : dataset.test();
        spaces.add(encode(entry, dataset, split, samples, opened));
      }
      tellTruncation(entry.name(), opened.truncated());
      return spaces;
    }
  }

  private <I> LatentSpace encode(
      EncoderEntry entry,
      Dataset<I> dataset,
      String split,
      List<Sample<I>> samples,
      LazyEncoder<I> encoder) {
    EncodingStore store = store();
    Provenance provenance = provenance(entry, dataset.name(), dataset.sha256(), split);
    return encoder.counting(
        new TruncationCount(store.file(provenance)),
        () -> store.get(provenance, dataset.classes(), samples, encoder::get, options.progress()));
  }

  private EncodingStore store() {
    return new EncodingStore(options.cache().resolve("encodings"), options.warnings(), counts);
  }

  /**
   * The samples that a head's anchors are made of, as an encoder sees them.
   *
   * @param inputs as many as the head has samples
   * @param encoder asked for only if they are not kept
   */
  <I> LatentSpace anchors(
      EncoderEntry entry, Standalone head, List<I> inputs, Supplier<Encoder<I>> encoder) {
    List<Sample<I>> samples =
        IntStream.range(0, inputs.size())
            .mapToObj(i -> new Sample<>(head.samples().get(i), inputs.get(i), 0))
            .toList();
    return store()
        .get(
            provenance(entry, "the head", head.inputsSha256(), "anchors"),
            List.of(),
            samples,
            encoder,
            options.progress());
  }

  private Provenance provenance(EncoderEntry entry, String data, String digest, String split) {
    String software = "djl-stitch, " + options.encoders().numbers().id();
    var from = new Provenance(entry.name(), entry.sha256(), data, digest, split, software);
    return options.encoders().prompt().isUsual() ? from : from.prefixed(entry.prefixed());
  }

  /** Encodes a split, {@code train} or {@code test}, into a file, unless it is kept. */
  void write(Path file, EncoderEntry entry, LabelledData data, String split) {
    if (readsImagesOf(entry, data)) {
      write(file, entry, data.requireImages(), split, entry::openForImages);
    } else {
      write(file, entry, data.requireTexts(), split, entry::openForTexts);
    }
  }

  private <I> void write(
      Path file, EncoderEntry entry, Dataset<I> data, String split, Supplier<Encoder<I>> opener) {
    write(
        file,
        provenance(entry, data.name(), data.sha256(), split),
        data.classes(),
        "train".equals(split) ? data.train() : data.test(),
        opener);
  }

  /** Unlabeled texts as an encoder sees them. */
  LatentSpace of(EncoderEntry entry, TextLines texts) {
    Provenance provenance = provenance(entry, texts.name(), texts.sha256(), "all");
    return kept(provenance, List.of(), texts.samples(), entry::openForTexts);
  }

  private <I> void write(
      Path file,
      Provenance provenance,
      List<String> classes,
      List<Sample<I>> samples,
      Supplier<Encoder<I>> opener) {
    FloatMatrix vectors = kept(provenance, classes, samples, opener).vectors();
    EncodingStore.write(
        file,
        provenance,
        classes,
        samples,
        vectors.columns(),
        rows -> vectors.rowRange(rows.from(), rows.to()));
  }

  private <I> LatentSpace kept(
      Provenance provenance,
      List<String> classes,
      List<Sample<I>> samples,
      Supplier<Encoder<I>> opener) {
    try (var opened = new LazyEncoder<>(opener)) {
      EncodingStore store = store();
      LatentSpace space =
          opened.counting(
              new TruncationCount(store.file(provenance)),
              () -> store.get(provenance, classes, samples, opened::get, options.progress()));
      tellTruncation(provenance.encoder(), opened.truncated());
      return space;
    }
  }

  static long truncated(Encoder<?> encoder) {
    return encoder instanceof TextEncoder texts ? texts.truncated() : 0;
  }

  private void tellTruncation(String encoder, long texts) {
    if (texts > 0) {
      remarks.tell(CutTexts.remark(encoder, texts));
    }
  }
}
