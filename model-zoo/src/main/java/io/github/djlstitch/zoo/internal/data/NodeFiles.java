// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.encoders.internal.graph.Graph;
import io.github.djlstitch.encoders.internal.graph.SparseMatrix;
import io.github.djlstitch.zoo.internal.data.NodeData.Part;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A folder with {@code nodes.csv} (header {@code node,label,split,words}: nodes counted from 0,
 * class from 0 or -1 for a node without one, {@code train}, {@code val}, {@code test} or {@code
 * none}, and the ascending indices of its words between blanks) and {@code edges.csv} (header
 * {@code source,target}; undirected, so one direction is enough). Cora and CiteSeer of Planetoid
 * (Yang et al. 2016, arXiv:1603.08861) are stored in this format; any other graph can be.
 *
 * <p>Bounded: 5 million nodes, 50 million edges, 200 million words, vocabulary of 10 million,
 * 10,000 classes.
 */
public final class NodeFiles {
  private static final int MOST_NODES = 5_000_000;
  private static final int MOST_EDGES = 50_000_000;
  private static final int MOST_WORDS = 200_000_000;
  private static final int VOCABULARY = 10_000_000;
  private static final int MOST_CLASSES = 10_000;
  private static final String NODES = "node,label,split,words";
  private static final String EDGES = "source,target";
  private static final String UNLABELLED = "-1";

  private final Path nodes;
  private final Path edges;
  private final Numbers starts = new Numbers();
  private final Numbers words = new Numbers();
  private final Numbers labels = new Numbers();
  private final Numbers sources = new Numbers();
  private final Numbers targets = new Numbers();
  private final List<Part> parts = new ArrayList<>();

  private NodeFiles(Path folder) {
    this.nodes = folder.resolve("nodes.csv");
    this.edges = folder.resolve("edges.csv");
  }

  // Grows with what was read, not with what a file promises.
  private static final class Numbers {
    private int[] values = new int[1024];
    private int size;

    void add(int value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, Math.addExact(size, size >> 1));
      }
      values[size++] = value;
    }

    int[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }

  /**
   * Reads a folder.
   *
   * @throws StitchException (bad input) naming file, line and field of what is wrong
   */
  public static NodeData read(Path folder) {
    var files = new NodeFiles(folder);
    files.starts.add(0);
    readRows(files.nodes, NODES, files::node);
    files.requireClasses();
    readRows(files.edges, EDGES, files::edge);
    String sha256 =
        Sha256.builder().add(Sha256.ofInput(files.nodes)).add(Sha256.ofInput(files.edges)).hex();
    String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    return new NodeData(
        name, files.graph(), files.labels.toArray(), files.parts.toArray(new Part[0]), sha256);
  }

  @FunctionalInterface
  private interface Row {
    void accept(Place at, String[] fields);
  }

  private static void readRows(Path file, String header, Row row) {
    try (var lines = InputLines.open(file, UTF_8)) {
      String first = lines.next();
      if (!header.equals(first)) {
        throw StitchException.badInput(
            "'%s' line 1: expected the header '%s' but found %s",
            file, header, first == null ? "an empty file" : Excerpt.of(first));
      }
      int columns = header.split(",", -1).length;
      for (String line = lines.next(); line != null; line = lines.next()) {
        var at = Place.line(file, lines.number(), lines.number() - 1);
        String[] fields = line.split(",", -1);
        if (fields.length != columns) {
          throw StitchException.badInput(
              "%s: expected the %d fields %s but found %d", at, columns, header, fields.length);
        }
        row.accept(at, fields);
      }
    }
  }

  private void node(Place at, String[] fields) {
    int expected = parts.size();
    if (expected == MOST_NODES) {
      throw StitchException.badInput("%s: more than %d nodes", at, MOST_NODES);
    }
    if (number(at, "node", fields[0], MOST_NODES) != expected) {
      throw StitchException.badInput(
          "%s: expected node %d but found %s; number the nodes from 0 in order",
          at, expected, Excerpt.of(fields[0]));
    }
    labels.add(label(at, fields[1], fields[2]));
    parts.add(part(at, fields[2]));
    words(at, fields[3]);
    starts.add(words.size);
  }

  // A node without a class cannot be learned from or scored.
  private static int label(Place at, String field, String split) {
    if (!field.equals(UNLABELLED)) {
      return number(at, "label", field, MOST_CLASSES);
    }
    if (!split.equals("none")) {
      throw StitchException.badInput(
          "%s: a node with label %s must have split none but has %s",
          at, UNLABELLED, Excerpt.of(split));
    }
    return -1;
  }

  private static Part part(Place at, String field) {
    return switch (field) {
      case "train" -> Part.TRAIN;
      case "val" -> Part.VAL;
      case "test" -> Part.TEST;
      case "none" -> Part.NONE;
      default ->
          throw StitchException.badInput(
              "%s, field 'split': expected train, val, test or none but found %s",
              at, Excerpt.of(field));
    };
  }

  private void words(Place at, String field) {
    if (field.isEmpty()) {
      return;
    }
    int previous = -1;
    for (String word : field.split(" ", -1)) {
      int index = number(at, "words", word, VOCABULARY);
      if (index <= previous || words.size == MOST_WORDS) {
        throw StitchException.badInput(
            "%s, field 'words': expected ascending indices, at most %d in all, but %d follows %d",
            at, MOST_WORDS, index, previous);
      }
      words.add(index);
      previous = index;
    }
  }

  private void edge(Place at, String[] fields) {
    if (sources.size == MOST_EDGES) {
      throw StitchException.badInput("%s: more than %d edges", at, MOST_EDGES);
    }
    sources.add(number(at, "source", fields[0], parts.size()));
    targets.add(number(at, "target", fields[1], parts.size()));
  }

  private static int number(Place at, String field, String text, int limit) {
    boolean digits = !text.isEmpty() && text.length() <= 9;
    for (int i = 0; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    int value = digits ? Integer.parseInt(text) : limit;
    if (value >= limit) {
      throw StitchException.badInput(
          "%s, field '%s': expected a whole number from 0 to %d but found %s",
          at, field, limit - 1, Excerpt.of(text));
    }
    return value;
  }

  private void requireClasses() {
    int[] all = Arrays.stream(labels.toArray()).filter(l -> l >= 0).toArray();
    long found = Arrays.stream(all).distinct().count();
    int highest = Arrays.stream(all).max().orElse(0);
    if (found < 2 || found != highest + 1L) {
      throw StitchException.badInput(
          "'%s' has %d classes with the highest label %d; expected at least 2, numbered from 0"
              + " without gaps",
          nodes, found, highest);
    }
    if (words.size == 0) {
      throw StitchException.badInput("'%s' has no words; expected some in field 'words'", nodes);
    }
  }

  private Graph graph() {
    int[] indices = words.toArray();
    float[] ones = new float[indices.length];
    Arrays.fill(ones, 1);
    int width = Arrays.stream(indices).max().orElse(0) + 1;
    var features = SparseMatrix.of(width, starts.toArray(), indices, ones).rowsToSumOne();
    return Graph.of(features, sources.toArray(), targets.toArray());
  }
}
