// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.PackedWeights;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.NumberType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a frozen block: declared by the checkpoint's names and shapes, filled from a
 * checkpoint, and packed once into the form in which the block's program reads them.
 *
 * <p>A block adds {@link #parameters} to its own, and hands {@link #packed} to its program. The
 * order of the declaration is the order in which the program's {@code prepare} sees the tensors.
 * Thread-safe once filled.
 */
public final class FrozenWeights {
  private final String kind;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private @Nullable PackedWeights packed;

  private FrozenWeights(String kind) {
    this.kind = kind;
  }

  /**
   * Checks that a checkpoint has enough tensors for the layers that its configuration names, before
   * anything is made for each of them.
   *
   * @param each tensors that every layer needs
   * @param last a tensor of the last layer, for the message
   * @throws StitchException (bad input) if there are fewer
   */
  public static void requireRoom(int layers, int each, String last, WeightSource source) {
    if ((long) layers * each > source.names().size()) {
      throw StitchException.badInput(
          "the checkpoint lacks tensor '%s': %d tensors are too few for %d layers;"
              + " is the config.json that of another model?",
          last, source.names().size(), layers);
    }
  }

  /**
   * Declares the tensors of a network.
   *
   * @param kind names the network in messages, for example {@code BERT}
   * @param shapes tensor names and shapes, in the program's order
   */
  public static FrozenWeights declare(String kind, Map<String, Shape> shapes) {
    var weights = new FrozenWeights(kind);
    shapes.forEach((name, shape) -> weights.parameters.put(name, frozen(name, shape)));
    return weights;
  }

  /** The parameters, named by the checkpoint, in order. */
  public Collection<Parameter> parameters() {
    return parameters.values();
  }

  /**
   * Fills the parameters.
   *
   * @param ignored names that a checkpoint of this kind may hold and that no vector depends on; any
   *     other unknown name is refused, because ignoring it would give wrong vectors
   * @param manager owns the tensors
   * @throws StitchException (bad input) naming the first tensor that is missing, unknown or of
   *     another shape
   */
  public void fill(WeightSource source, Predicate<String> ignored, NDManager manager) {
    requireSameNames(source, ignored);
    parameters.forEach(
        (name, parameter) -> {
          requireShape(name, parameter.getShape(), source.shape(name));
          parameter.setShape(null);
          parameter.setArray(source.tensor(manager, name));
        });
  }

  /**
   * The tensors as the program's method {@code prepare(self, dtype, w)} returns them, made at the
   * first call and owned by the manager of the parameters.
   *
   * @throws StitchException (bad input) naming the first value of a tensor that is not finite
   */
  public synchronized PackedWeights packed(TorchProgram program, NumberType numbers) {
    if (packed == null) {
      packed = prepared(numbers, program::pack);
    }
    return packed;
  }

  /**
   * The same in float32 for the plain operators of any PyTorch, made at each call and owned by the
   * manager of the parameters.
   */
  public PackedWeights plain(TorchProgram program) {
    return prepared(NumberType.FLOAT32, program::plain);
  }

  private PackedWeights prepared(
      NumberType numbers, BiFunction<NDArray, NDList, PackedWeights> prepare) {
    NDList raw = new NDList(); // all weights
    parameters.values().forEach(p -> raw.add(p.getArray()));
    NDArray first = raw.head(); // (any shape)
    parameters.values().forEach(FrozenWeights::requireFinite); // now, as all are read anyway
    try (NDManager scope = first.getManager().newSubManager()) {
      NDArray type = scope.create(numbers.scalarType()); // ()
      PackedWeights result = prepare.apply(type, raw);
      result.attach(first.getManager());
      return result;
    }
  }

  // One value that is not finite makes the sum so; large ones may too, so the values decide.
  private static void requireFinite(Parameter parameter) {
    try (NDManager scope = parameter.getArray().getManager().newSubManager()) {
      NDArray array = parameter.getArray(); // (any shape)
      array.tempAttach(scope);
      if (Float.isFinite(array.sum().getFloat())) {
        return;
      }
      float[] values = array.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw StitchException.badInput(
              "tensor '%s' of shape %s has the value %s at position %d, so no vector would be"
                  + " right; get the file of weights again",
              parameter.getName(), array.getShape(), values[i], i);
        }
      }
    }
  }

  private void requireSameNames(WeightSource source, Predicate<String> ignored) {
    var missing = new TreeSet<>(parameters.keySet());
    missing.removeAll(source.names());
    if (!missing.isEmpty()) {
      throw StitchException.badInput(
          "the checkpoint lacks tensor '%s' and %d more that this %s needs; %s",
          missing.first(), missing.size() - 1, kind, hint(source, missing.first()));
    }
    var unknown = new TreeSet<>(source.names());
    unknown.removeAll(parameters.keySet());
    unknown.removeIf(ignored);
    if (!unknown.isEmpty()) {
      throw StitchException.badInput(
          "the checkpoint has tensor '%s' that a %s has no place for; its vectors would be wrong",
          unknown.first(), kind);
    }
  }

  private String hint(WeightSource source, String name) {
    return source.names().stream()
        .filter(other -> other.endsWith("." + name))
        .findFirst()
        .map(
            other ->
                "it has '" + Printable.of(other) + "': save the network without what is around it")
        .orElse("is it a " + kind + "?");
  }

  private void requireShape(String name, Shape expected, Shape found) {
    if (!expected.equals(found)) {
      throw StitchException.badInput(
          "tensor '%s' has shape %s but this %s needs %s", name, found, kind, expected);
    }
  }

  private static Parameter frozen(String name, Shape shape) {
    return Parameter.builder()
        .setName(name)
        .setType(Parameter.Type.OTHER)
        .optRequiresGrad(false)
        .optShape(shape)
        .build();
  }
}
