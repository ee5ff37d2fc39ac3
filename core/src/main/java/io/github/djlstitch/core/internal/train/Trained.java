// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.github.djlstitch.core.StitchException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The native state of a training: the network's parameters, the optimizer's moments, and a copy of
 * the best weights. The moments and the copy belong to the manager given.
 */
final class Trained {
  private final Map<String, NDArray> all = new LinkedHashMap<>();
  private final Map<String, NDArray> learned = new LinkedHashMap<>();
  private final Map<String, NDArray> first = new LinkedHashMap<>();
  private final Map<String, NDArray> second = new LinkedHashMap<>();
  private final Map<String, NDArray> best = new LinkedHashMap<>();

  private Trained() {}

  static Trained of(Block network, FitOptions options, NDManager manager) {
    var state = new Trained();
    for (Pair<String, Parameter> entry : network.getParameters()) {
      state.add(entry.getKey(), entry.getValue());
    }
    if (state.learned.isEmpty()) {
      throw StitchException.usage("the network has no parameter that can be trained");
    }
    if (options.rule() == UpdateRule.ADAM) {
      state.learned.forEach((name, p) -> state.first.put(name, zeros(manager, p)));
      state.learned.forEach((name, p) -> state.second.put(name, zeros(manager, p)));
    }
    if (options.keepBest()) {
      state.all.forEach((name, p) -> state.best.put(name, zeros(manager, p)));
    }
    return state;
  }

  private void add(String name, Parameter parameter) {
    if (!parameter.isInitialized() || parameter.getArray().getDataType() != DataType.FLOAT32) {
      throw StitchException.usage(
          "parameter '%s' must be float32 and initialized before training", name);
    }
    NDArray array = parameter.getArray(); // (any shape)
    all.put(name, array);
    if (parameter.requiresGradient()) {
      // A parameter whose array was set by hand has not been asked for a gradient yet.
      array.setRequiresGradient(true);
      learned.put(name, array);
    }
  }

  private static NDArray zeros(NDManager manager, NDArray like) {
    return manager.zeros(like.getShape(), DataType.FLOAT32);
  }

  /** Parameters that the optimizer changes. */
  NDList learned() {
    return new NDList(new ArrayList<>(learned.values()));
  }

  /** Adam's moving means of the gradients; empty for other rules. */
  NDList first() {
    return new NDList(new ArrayList<>(first.values()));
  }

  /** Adam's moving means of the squared gradients; empty for other rules. */
  NDList second() {
    return new NDList(new ArrayList<>(second.values()));
  }

  void keepAsBest() {
    OptimizerStep.copy(new ArrayList<>(all.values()), new ArrayList<>(best.values()));
  }

  void takeBest() {
    OptimizerStep.copy(new ArrayList<>(best.values()), new ArrayList<>(all.values()));
  }

  /** Everything under the names of a checkpoint, in a fixed order. */
  Map<String, NDArray> named() {
    Map<String, NDArray> named = new LinkedHashMap<>();
    all.forEach((name, array) -> named.put("parameter." + name, array));
    first.forEach((name, array) -> named.put("first." + name, array));
    second.forEach((name, array) -> named.put("second." + name, array));
    best.forEach((name, array) -> named.put("best." + name, array));
    return named;
  }
}
