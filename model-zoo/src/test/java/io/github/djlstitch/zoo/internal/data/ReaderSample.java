// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A small data set in one format, and what its reader should find in it.
 *
 * @param spec as users write it, with {@code DIR} for the folder of its files; without, the files
 *     are published on a Hub
 * @param files bytes by path in the folder, or by repository, blank, path
 * @param options how it is read
 * @param ids of train, then of test, in order
 * @param classes in order
 */
record ReaderSample(
    String spec,
    Map<String, byte[]> files,
    DatasetOptions options,
    List<String> ids,
    List<String> classes) {

  ReaderSample {
    files = new TreeMap<>(files);
  }

  /** The ids, classes and digest that a reader gives. */
  record Found(List<String> ids, List<String> classes, String sha256) {}

  /** The name of its format. */
  String format() {
    return spec.replaceFirst(":.*", "");
  }

  boolean isPublished() {
    return !files.isEmpty() && !spec.contains("DIR");
  }

  byte[] bytes(String file) {
    return Objects.requireNonNull(files.get(file), file);
  }

  /** The same with other bytes in one file. */
  ReaderSample with(String file, byte[] bytes) {
    Map<String, byte[]> changed = new TreeMap<>(files);
    changed.put(file, bytes);
    return new ReaderSample(spec, changed, options, ids, classes);
  }

  ReaderSample without(String file) {
    Map<String, byte[]> changed = new TreeMap<>(files);
    changed.remove(file);
    return new ReaderSample(spec, changed, options, ids, classes);
  }

  /** Writes the files into an empty folder, and reads them and every image. */
  Found read(Path folder) {
    try {
      if (isPublished()) {
        try (var hub = new DatasetHub(folder.resolve("cache"))) {
          files.forEach(
              (name, bytes) -> hub.with(name.split(" ", -1)[0], name.split(" ", -1)[1], bytes));
          return found(Datasets.open(spec, options, hub::client));
        }
      }
      for (var file : files.entrySet()) {
        Path target = folder.resolve(file.getKey());
        Files.createDirectories(target.getParent());
        Files.write(target, file.getValue());
      }
      return format().equals("nodes")
          ? found(NodeFiles.read(folder))
          : found(Datasets.open(spec.replace("DIR", folder.toString()), options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Found found(NodeData data) {
    List<String> ids = IntStream.range(0, data.graph().nodes()).mapToObj(String::valueOf).toList();
    List<String> classes = IntStream.range(0, data.classes()).mapToObj(String::valueOf).toList();
    return new Found(ids, classes, data.sha256());
  }

  private static Found found(LabelledData data) throws IOException {
    if (data.images().isPresent()) {
      Dataset<ImageSource> images = data.requireImages();
      for (Dataset.Sample<ImageSource> sample : images.train()) {
        sample.input().decode();
      }
      for (Dataset.Sample<ImageSource> sample : images.test()) {
        sample.input().decode();
      }
    }
    Dataset<?> dataset = data.dataset();
    List<String> ids =
        Stream.concat(dataset.train().stream(), dataset.test().stream())
            .map(Dataset.Sample::id)
            .toList();
    return new Found(ids, dataset.classes(), dataset.sha256());
  }

  @Override
  public String toString() {
    return spec;
  }
}
