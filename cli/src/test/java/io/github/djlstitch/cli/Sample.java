// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A small data set in a folder of its own, and a cache that all tests of a process share. */
final class Sample {
  private static final List<String> ANIMALS = List.of("cat", "horse", "sheep", "wolf", "cow");
  private static final List<String> VEHICLES = List.of("car", "truck", "train", "ship", "bus");
  private static final List<String> FOODS = List.of("bread", "soup", "cheese", "rice", "cake");
  private static final List<String> SAYINGS =
      List.of(
          "I saw the %s %s.",
          "Where is your %s %s?", "A %s costs too much %s.", "%s %s", "My %s %s");
  private static final Path FOLDER = temporary();

  private Sample() {}

  static Path folder() {
    return FOLDER;
  }

  static Path cache() {
    return FOLDER.resolve("cache");
  }

  /** A csv data set of 150 rows in 3 classes: 120 train, 30 test. */
  static String dataset() {
    return "csv:" + file("animals, vehicles.csv", csv());
  }

  /** The arguments of a small run with 30 anchors, and more of them. */
  static String[] pair(String... more) {
    return grid("minilm", "bge-small-head", more);
  }

  /** The arguments of a small run with other anchors, and more of them. */
  static String[] anchored(String anchors, String... more) {
    Stream<String> start =
        Stream.of("--encoder=minilm", "--decoder=bge-small-head", "--dataset=" + dataset());
    return Stream.of(start, Stream.of("--anchors=" + anchors), Stream.of(more))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  /** The arguments of a small grid with 30 anchors, and more of them. */
  static String[] grid(String encoders, String decoders, String... more) {
    return Stream.concat(Stream.of("--encoder", encoders, "--decoder", decoders), data(more))
        .toArray(String[]::new);
  }

  /** The arguments of a small training run, and more of them. */
  static String[] training(String encoder, Path out, String... more) {
    return Stream.concat(
            Stream.of("train", "--encoder", encoder, "--out", out.toString()), data(more))
        .toArray(String[]::new);
  }

  private static Stream<String> data(String... more) {
    return Stream.concat(Stream.of("--dataset", dataset(), "--anchors", "30"), Stream.of(more));
  }

  static Path file(String name, String content) {
    try {
      Path file = FOLDER.resolve(name);
      return Files.exists(file) && Files.readString(file).equals(content)
          ? file
          : Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String csv() {
    var text = new StringBuilder("text,label\n");
    for (int i = 0; i < 50; i++) {
      String saying = SAYINGS.get(i % 5);
      String when = i < 25 ? "today" : "last year";
      row(text, saying.formatted(ANIMALS.get(i / 5 % 5), when), "animal");
      row(text, saying.formatted(VEHICLES.get(i / 5 % 5), when), "vehicle");
      row(text, saying.formatted(FOODS.get(i / 5 % 5), when), "food");
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String words, String label) {
    text.append(words).append(',').append(label).append('\n');
  }

  private static Path temporary() {
    try {
      Path folder = Files.createTempDirectory("stitch test ü");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
