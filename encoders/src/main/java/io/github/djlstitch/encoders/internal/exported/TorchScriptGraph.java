// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.exported;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LoadedEngine;
import io.github.djlstitch.core.internal.engine.Processor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A TorchScript module in LibTorch. Its file is a program: opening it can run any operation of
 * LibTorch, including reading and writing files, with the rights of this process.
 */
final class TorchScriptGraph implements ExportedGraph {
  private static final int MOST_CODE = 16 << 20; // bytes; more is not looked through

  private final Path file;
  private final Block module;

  private TorchScriptGraph(Path file, Block module) {
    this.file = file;
    this.module = module;
  }

  /** Loads a module onto the device of the manager, which frees it. */
  static TorchScriptGraph open(Path file, NDManager manager) {
    if (!manager.getDevice().isGpu() && Processor.current().mayCrashOnConvolutions()) {
      requireNoConvolutions(file);
    }
    Model model = LoadedEngine.model(file.toString(), manager.getDevice());
    manager.attachInternal(UUID.randomUUID().toString(), model);
    try (var in = Files.newInputStream(file)) {
      model.load(in);
    } catch (IOException | MalformedModelException | EngineException e) {
      throw StitchException.badInput("LibTorch cannot load '%s': %s", file, reason(e)).because(e);
    }
    return new TorchScriptGraph(file, model.getBlock());
  }

  /**
   * Refuses a module with convolutions.
   *
   * @throws StitchException (unavailable) if its code calls one
   */
  static void requireNoConvolutions(Path file) {
    try (var archive = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(archive.entries())) {
        if (entry.getName().endsWith(".py") && mentionsConvolution(archive, entry)) {
          throw StitchException.unavailable(
              "'%s' has convolutions, which can end the process on this machine, as it hides its"
                  + " caches from LibTorch; set the environment variable ONEDNN_MAX_CPU_ISA=SSE41"
                  + " and start again, or export the model to ONNX",
              file);
        }
      }
    } catch (IOException e) {
      throw StitchException.badInput("LibTorch cannot load '%s': %s", file, reason(e)).because(e);
    }
  }

  private static boolean mentionsConvolution(ZipFile archive, ZipEntry entry) throws IOException {
    try (var in = archive.getInputStream(entry)) {
      byte[] code = in.readNBytes(MOST_CODE);
      return code.length == MOST_CODE
          || new String(code, StandardCharsets.ISO_8859_1).contains("conv");
    }
  }

  @Override
  public String name() {
    return file.toString();
  }

  /** Positional arguments; outputs without a name get {@code output 0} and so on. */
  @Override
  public NDList run(NDList inputs, Set<String> outputs) {
    NDList arguments = new NDList(); // (B, ...)
    for (NDArray input : inputs) {
      NDArray argument = input.reshape(input.getShape()); // (B, ...)
      argument.setName(null); // the engine would give a meaning to some names
      arguments.add(argument);
    }
    try {
      var store = new ParameterStore(inputs.head().getManager(), false);
      return named(module.forward(store, arguments, false), outputs);
    } catch (EngineException e) {
      throw StitchException.badInput(
              "'%s' could not run on %d inputs of shape %s: %s",
              file, inputs.size(), inputs.head().getShape(), reason(e))
          .because(e);
    }
  }

  private static NDList named(NDList results, Set<String> outputs) {
    NDList named = new NDList(); // (B, ...)
    for (int i = 0; i < results.size(); i++) {
      NDArray result = results.get(i); // (B, ...)
      if (result.getName() == null || result.getName().isEmpty()) {
        result.setName("output " + i);
      }
      boolean wanted = outputs.isEmpty() || outputs.contains(result.getName());
      if (wanted && result.getDataType() == DataType.FLOAT32) {
        named.add(result);
      }
    }
    return named;
  }

  // The engine's messages go on with the module's source and a native stack trace.
  private static String reason(Exception e) {
    String all = String.valueOf(e.getMessage());
    return all.lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("")
        .replaceAll("\\p{Cntrl}", "?");
  }
}
