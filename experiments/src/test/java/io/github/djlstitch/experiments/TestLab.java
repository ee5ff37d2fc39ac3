// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A laboratory over temporary folders, on the CPU and without a connection. */
final class TestLab {
  /** What it told, a line each. */
  final List<String> told = new ArrayList<>();

  private final Path cache;
  private Progress progress = Progress.NONE;
  private Optional<Path> data = Optional.empty();
  private Optional<String> dataset = Optional.empty();
  private List<String> from = List.of();
  private List<String> encoders = List.of();
  private OptionalInt anchors = OptionalInt.empty();
  private List<Integer> neighbors = List.of();
  private long seed;
  private OptionalInt seeds = OptionalInt.empty();
  private boolean full;
  private List<Path> vectors = List.of();

  private TestLab(Path cache) {
    this.cache = cache;
  }

  static TestLab keepingIn(Path cache) {
    return new TestLab(cache);
  }

  TestLab data(Path folder) {
    data = Optional.of(folder);
    return this;
  }

  TestLab dataset(String spec) {
    dataset = Optional.of(spec);
    return this;
  }

  TestLab anchorsFrom(String... files) {
    from = List.of(files);
    return this;
  }

  TestLab encoders(String... names) {
    encoders = List.of(names);
    return this;
  }

  TestLab anchors(int count) {
    anchors = OptionalInt.of(count);
    return this;
  }

  TestLab neighbors(int... counts) {
    neighbors = Arrays.stream(counts).boxed().toList();
    return this;
  }

  TestLab seeds(long first, int count) {
    seed = first;
    seeds = OptionalInt.of(count);
    return this;
  }

  TestLab full() {
    full = true;
    return this;
  }

  TestLab vectors(List<Path> files) {
    vectors = files;
    return this;
  }

  TestLab progress(Progress listener) {
    progress = listener;
    return this;
  }

  Lab open() {
    var zoo =
        ModelZoo.open(
            new ZooOptions(
                cache,
                HubOptions.from(Map.of(), cache).withOffline(true),
                EncoderOptions.defaults().withDevice("cpu"),
                progress,
                told::add));
    var settings =
        new Settings(data, dataset, from, encoders, anchors, neighbors, seed, seeds, full, vectors);
    return new Lab(zoo, settings, progress, told::add);
  }
}
