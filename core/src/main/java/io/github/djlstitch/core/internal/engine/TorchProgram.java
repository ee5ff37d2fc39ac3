// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.internal.script.ScriptTensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A LibTorch program: TorchScript methods written in Java text blocks, loaded from memory once per
 * device and called with tensors. It has no parameters; weights come in as a list of tensors, so
 * one program serves any number of models and it loads no code from files.
 *
 * <p>Each method has the form {@code def NAME(self: __torch__.M, x: Tensor, ...) -> Tensor}, or
 * with the weights as a last argument {@code w: List[Tensor]}; a method may also return {@code
 * List[Tensor]}. Every program also has {@code linear(x, w, b)}, {@code linear_add(x, w, b, y)},
 * {@code linear_gelu}, {@code linear_tanh_gelu} and {@code linear_silu(x, w, b)}, the fastest that
 * the device has for inference, with {@code pack(w)} to lay out a constant matrix (out, in) for
 * them and {@code room(n)}, the least number of outputs from n on that weights are packed for;
 * {@code pointwise} and {@code pointwise_silu(x, w, b)}, the same on maps (B, C, H, W) in place of
 * a 1 x 1 convolution; and {@code conv}, {@code conv_silu} and {@code conv_relu6(x, w, b, stride,
 * pad, groups)} with {@code pack_conv(w, stride, pad, groups)}. {@code unit(x)} scales rows to
 * length 1. Thread-safe. A loaded program lives as long as the JVM, as a class does.
 */
public final class TorchProgram {
  private static final String LIST_ARGUMENT = "w[]";
  private static final String METHOD = "module_method:";
  private static final String RUN_TIME = "RuntimeError: ";

  // Static, as what a program loads belongs to the process: LibTorch never unloads it. The number
  // of programs is that of the sources in this library.
  private static final Map<Source, TorchProgram> SHARED = new ConcurrentHashMap<>();

  private final String name;
  private final String methods;
  private final UnaryOperator<String> packedKernels;
  private final Map<Target, Loaded> loaded = new ConcurrentHashMap<>();

  private record Source(String name, String methods) {}

  // Inference and training are two modules because the engine flips a module's mode unguarded.
  private record Target(Device device, boolean training, TorchKernels kernels) {}

  private record Loaded(Model model, Block block, Map<String, NDArray> methods) {}

  private TorchProgram(String name, String methods, UnaryOperator<String> packedKernels) {
    this.name = name;
    this.methods = methods;
    this.packedKernels = packedKernels;
  }

  /**
   * A program from its methods; nothing is compiled before the first call.
   *
   * @param name names the program in messages
   * @param methods TorchScript method definitions, not indented
   */
  public static TorchProgram of(String name, String methods) {
    return new TorchProgram(name, methods, UnaryOperator.identity());
  }

  /**
   * The one program of that name with those methods: for programs whose text is made from a
   * configuration, so that any number of networks that read the same load it once.
   *
   * @param name as for {@link #of}
   * @param methods as for {@link #of}
   */
  public static TorchProgram shared(String name, String methods) {
    return SHARED.computeIfAbsent(
        new Source(name, methods), source -> of(source.name(), source.methods()));
  }

  /** A program whose kernels for packed weights are another machine's, for tests. */
  static TorchProgram of(String name, String methods, UnaryOperator<String> packedKernels) {
    return new TorchProgram(name, methods, packedKernels);
  }

  /** Calls a method without weights for inference; see {@link #run}. */
  public NDArray call(String method, NDArray... tensors) {
    return run(method, false, new NDList(tensors), new NDList()).singletonOrThrow();
  }

  /**
   * Calls a method.
   *
   * @param tensors the leading arguments, at least one; the first one's manager owns the result
   * @param weights the last argument {@code List[Tensor]}; empty if the method has none
   * @param training true to let gradients flow from the result to the arguments; otherwise the
   *     result cannot take part in autograd
   * @return the method's result, attached to the manager of the first tensor
   * @throws StitchException (unavailable) if the engine refuses the program or the call
   */
  public NDList run(String method, boolean training, NDList tensors, NDList weights) {
    Device device = tensors.head().getDevice();
    return run(method, training, TorchKernels.of(device, training).get(0), tensors, weights);
  }

  /**
   * Calls a method for inference with weights that {@link #pack} has laid out.
   *
   * @return as {@link #run(String, boolean, NDList, NDList)}
   */
  public NDList run(String method, NDList tensors, PackedWeights weights) {
    return run(method, false, weights.kernels(), tensors, weights.tensors());
  }

  /**
   * Lays constant weights out once, by the program's method {@code prepare(self, x, w)}, which
   * returns them as a list. Each weight is compared with the plain operator there; where the
   * fastest kernels are refused or wrong on this processor, the program uses slower ones, and the
   * log {@code io.github.djlstitch.engine} says so once.
   *
   * @param setting the argument {@code x}; its manager owns the result
   * @throws StitchException (unavailable) if plain operators are refused as well
   */
  public PackedWeights pack(NDArray setting, NDList weights) {
    List<TorchKernels> choices = TorchKernels.of(setting.getDevice(), false);
    for (TorchKernels kernels : choices.subList(0, choices.size() - 1)) {
      try {
        return pack(kernels, setting, weights);
      } catch (StitchException e) {
        KernelWarnings.slower(
            name, e.getCause() instanceof Exception c ? reason(c) : e.getMessage());
      }
    }
    return pack(choices.get(choices.size() - 1), setting, weights);
  }

  /**
   * As {@link #pack(NDArray, NDList)}, for the plain operators of any PyTorch and processor.
   *
   * @throws StitchException (unavailable) if they are refused
   */
  public PackedWeights plain(NDArray setting, NDList weights) {
    return pack(TorchKernels.PLAIN, setting, weights);
  }

  /**
   * The program as a part of a TorchScript file, with plain operators: a map of rows.
   *
   * @param result expression of the result from {@code x} (B, D) and the tensors {@code w}
   */
  public ScriptPart part(String part, String result, FloatMatrix... weights) {
    List<ScriptTensor> tensors = Arrays.stream(weights).map(ScriptTensor::of).toList();
    return ScriptPart.of(part, result, plainSource(), tensors);
  }

  /**
   * The same with weights of {@link #plain}, which the caller keeps open.
   *
   * @param step the part's method {@code step}, which reads {@code inputs}
   */
  public ScriptPart part(String part, List<String> inputs, String step, PackedWeights weights) {
    List<ScriptTensor> tensors = weights.tensors().stream().map(ScriptTensor::of).toList();
    return new ScriptPart(part, inputs, plainSource() + step, tensors, List.of());
  }

  private String plainSource() {
    return methods + TorchKernels.PLAIN.source();
  }

  PackedWeights pack(TorchKernels kernels, NDArray setting, NDList weights) {
    return new PackedWeights(run("prepare", false, kernels, new NDList(setting), weights), kernels);
  }

  /** Runs with the given kernels, unchecked. */
  NDList run(
      String method, boolean training, TorchKernels kernels, NDList tensors, NDList weights) {
    var target = new Target(tensors.head().getDevice(), training, kernels);
    Loaded module = loaded.computeIfAbsent(target, this::load);
    try {
      return forward(module, method, training, tensors, weights);
    } catch (EngineException e) {
      throw StitchException.unavailable(
              "the engine refused method '%s' of the program '%s': %s", method, name, reason(e))
          .because(e);
    }
  }

  private static NDList forward(
      Loaded module, String method, boolean training, NDList tensors, NDList weights) {
    NDList arguments = new NDList(tensors.size() + weights.size() + 1); // (any shapes)
    tensors.forEach(t -> arguments.add(unnamed(t)));
    weights.forEach(w -> arguments.add(named(w, LIST_ARGUMENT)));
    arguments.add(module.methods().computeIfAbsent(method, m -> marker(module.model(), m)));
    var store = new ParameterStore(tensors.head().getManager(), false);
    return module.block().forward(store, arguments, training);
  }

  private Loaded load(Target target) {
    Model model = LoadedEngine.model(name, target.device());
    try {
      String kernels = target.kernels().source();
      String source =
          methods
              + (target.kernels() == TorchKernels.PACKED ? packedKernels.apply(kernels) : kernels);
      model.load(new ByteArrayInputStream(TorchArchive.of(source)));
      return new Loaded(model, model.getBlock(), new ConcurrentHashMap<>());
    } catch (IOException | MalformedModelException | EngineException e) {
      model.close();
      throw StitchException.unavailable(
              "the engine refused the program '%s' on %s: %s; run 'stitch doctor'",
              name, target.device(), reason(e))
          .because(e);
    }
  }

  // The engine's messages go on with the program's source and a native stack trace; where a program
  // failed while it ran, they begin with these too.
  private static String reason(Exception e) {
    List<String> lines = String.valueOf(e.getMessage()).lines().filter(l -> !l.isBlank()).toList();
    return lines.stream()
        .filter(l -> l.startsWith(RUN_TIME))
        .map(l -> l.substring(RUN_TIME.length()))
        .findFirst()
        .orElse(lines.isEmpty() ? "" : lines.get(0));
  }

  // The engine reads the method's name off an extra array, which it does not pass on.
  private static NDArray marker(Model model, String method) {
    return named(model.getNDManager().zeros(new Shape(1)), METHOD + method);
  }

  // The engine gives a meaning to dots and brackets in names, so plain tensors must not have one.
  private static NDArray unnamed(NDArray array) {
    if (array.getName() != null) {
      array.setName(null);
    }
    return array;
  }

  private static NDArray named(NDArray array, String name) {
    if (!name.equals(array.getName())) {
      array.setName(name);
    }
    return array;
  }
}
