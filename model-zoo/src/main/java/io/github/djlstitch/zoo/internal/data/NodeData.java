// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.encoders.internal.graph.Graph;
import java.util.stream.IntStream;

/**
 * A graph whose N nodes have classes, as it was published. Immutable and safe for use by several
 * threads.
 */
public final class NodeData {
  /** The part of a published split that a node is in. */
  public enum Part {
    /** Nodes to train on. */
    TRAIN,
    /** Nodes to choose the best epoch by. */
    VAL,
    /** Nodes to score. */
    TEST,
    /** Nodes without a part. */
    NONE
  }

  private final String name;
  private final Graph graph;
  private final int[] labels;
  private final int classes;
  private final Part[] parts;
  private final String sha256;

  NodeData(String name, Graph graph, int[] labels, Part[] parts, String sha256) {
    this.name = name;
    this.graph = graph;
    this.labels = labels;
    this.classes = IntStream.of(labels).max().orElseThrow() + 1;
    this.parts = parts;
    this.sha256 = sha256;
  }

  /** Name of its folder. */
  public String name() {
    return name;
  }

  /** Nodes, edges and features. */
  public Graph graph() {
    return graph;
  }

  /** A copy of the class indices, shape (N); -1 for a node without a class. */
  public int[] labels() {
    return labels.clone();
  }

  /** The nodes that have a class, ascending. */
  public int[] labelled() {
    return IntStream.range(0, labels.length).filter(i -> labels[i] >= 0).toArray();
  }

  /** The number of classes C, at least 2. */
  public int classes() {
    return classes;
  }

  /** The nodes of a part of the published split, ascending. */
  public int[] rows(Part part) {
    return IntStream.range(0, parts.length).filter(i -> parts[i] == part).toArray();
  }

  /** Digest of both files. */
  public String sha256() {
    return sha256;
  }
}
