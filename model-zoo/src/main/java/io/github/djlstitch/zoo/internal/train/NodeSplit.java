// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.random.RandomOrder;
import io.github.djlstitch.zoo.internal.data.NodeData;
import io.github.djlstitch.zoo.internal.data.NodeData.Part;
import java.util.Arrays;

/** The nodes for training, for choosing the best epoch, and for scoring. Immutable. */
public final class NodeSplit {
  private final String name;
  private final int[] train;
  private final int[] validation;
  private final int[] test;

  private NodeSplit(String name, int[] train, int[] validation, int[] test) {
    this.name = name;
    this.train = train;
    this.validation = validation;
    this.test = test;
    if (train.length < 1 || validation.length < 2) {
      throw StitchException.badInput(
          "a split of %d train and %d validation nodes; expected at least 1 and 2",
          train.length, validation.length);
    }
  }

  /** A tenth of the labeled nodes for validation, all others for training: the paper's protocol. */
  public static NodeSplit tenth(NodeData data, long seed) {
    int[] labelled = data.labelled();
    int nodes = labelled.length;
    int[] order =
        Arrays.stream(RandomOrder.uniform(nodes, nodes, seed)).map(i -> labelled[i]).toArray();
    int held = Math.max(2, Math.round(nodes * 0.1f));
    int[] validation = Arrays.copyOf(order, held);
    return new NodeSplit(
        "tenth " + seed, Arrays.copyOfRange(order, held, nodes), validation, new int[0]);
  }

  /** The published split. */
  public static NodeSplit published(NodeData data) {
    return new NodeSplit(
        "published", data.rows(Part.TRAIN), data.rows(Part.VAL), data.rows(Part.TEST));
  }

  /** Some train nodes drawn at random, for anchors. */
  public int[] drawTrain(int count, long seed) {
    if (count < 1 || count > train.length) {
      throw StitchException.usage(
          "%d anchors from %d train nodes; expected 1 to as many", count, train.length);
    }
    int[] places = RandomOrder.uniform(train.length, count, seed);
    return Arrays.stream(places).map(i -> train[i]).toArray();
  }

  /** Names the split and its seed, for digests. */
  String describe() {
    return name;
  }

  int[] train() {
    return train;
  }

  int[] validation() {
    return validation;
  }

  /** The validation nodes at even places, or those at odd ones: two halves drawn at random. */
  int[] half(int parity) {
    int[] half = new int[(validation.length + 1 - parity) / 2];
    Arrays.setAll(half, i -> validation[2 * i + parity]);
    return half;
  }

  int[] test() {
    return test;
  }
}
