// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.ForeignFormat;
import io.github.djlstitch.encoders.internal.weights.CheckpointNames;
import io.github.djlstitch.encoders.internal.weights.OnnxExternalData;
import io.github.djlstitch.encoders.internal.weights.SafetensorsWeights;
import io.github.djlstitch.encoders.internal.weights.ShardedWeights;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * The file of a folder that the vectors come from. Of several the first of these is taken: {@code
 * model.safetensors}, its index with the shards, {@code onnx/model.onnx}, {@code model.onnx}, and,
 * if code is trusted, the one TorchScript file.
 */
record WeightsFile(Format format, Path path) {
  enum Format {
    SAFETENSORS,
    SHARDS,
    ONNX,
    TORCHSCRIPT
  }

  private static final List<String> PROGRAM_ENDINGS = List.of(".pt", ".ts", ".pth");
  private static final List<String> PICKLE_ENDINGS =
      List.of(".bin", ".pt", ".pth", ".pkl", ".ckpt");

  /** Returns true for tensors of a built-in network, false for exported graphs and programs. */
  boolean isTensors() {
    return format == Format.SAFETENSORS || format == Format.SHARDS;
  }

  /**
   * Finds the file.
   *
   * @param known true for built-in architectures, which can use plain tensors
   * @throws StitchException (bad input) if there is none, (usage) if there is only one that needs
   *     trust
   */
  static WeightsFile find(ModelFolder folder, boolean known, boolean trustCode) {
    return tensors(folder)
        .filter(file -> known)
        .or(() -> graph(folder))
        .or(() -> program(folder, trustCode))
        .orElseThrow(() -> missing(folder));
  }

  /** Tests for an exported graph or program, which needs no built-in architecture. */
  static boolean hasExport(ModelFolder folder) {
    return graph(folder).isPresent() || !programs(folder).isEmpty();
  }

  /** The files that it consists of, the links among them as they are. */
  List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(path));
    if (format == Format.SHARDS) {
      files.addAll(ShardedWeights.files(path));
    } else if (format == Format.ONNX) {
      files.addAll(OnnxExternalData.of(path));
    }
    return files;
  }

  /** The tensors, mapped, under the names of the network that was saved. */
  WeightSource open() {
    return CheckpointNames.unwrapped(
        format == Format.SHARDS ? ShardedWeights.open(path) : SafetensorsWeights.open(path));
  }

  private static Optional<WeightsFile> tensors(ModelFolder folder) {
    if (folder.has("model.safetensors")) {
      return Optional.of(of(Format.SAFETENSORS, folder, "model.safetensors"));
    }
    return folder.has("model.safetensors.index.json")
        ? Optional.of(of(Format.SHARDS, folder, "model.safetensors.index.json"))
        : Optional.empty();
  }

  private static Optional<WeightsFile> graph(ModelFolder folder) {
    return List.of("onnx/model.onnx", "model.onnx").stream()
        .filter(folder::has)
        .findFirst()
        .map(name -> of(Format.ONNX, folder, name));
  }

  private static Optional<WeightsFile> program(ModelFolder folder, boolean trustCode) {
    List<String> programs = programs(folder);
    if (programs.isEmpty()) {
      return Optional.empty();
    }
    if (!trustCode) {
      throw StitchException.usage(
          "model folder '%s' has only '%s', a TorchScript program that can run any code of"
              + " LibTorch; add --trust-code if you trust where it is from",
          folder, programs.get(0));
    }
    if (programs.size() > 1) {
      throw StitchException.badInput(
          "model folder '%s' has several TorchScript programs: %s; leave one",
          folder, String.join(", ", programs));
    }
    return Optional.of(of(Format.TORCHSCRIPT, folder, programs.get(0)));
  }

  private static List<String> programs(ModelFolder folder) {
    return folder.names().stream()
        .filter(name -> PROGRAM_ENDINGS.stream().anyMatch(name::endsWith))
        .filter(name -> folder.has(name) && isTorchScript(folder.file(name)))
        .toList();
  }

  // Both are zip archives around a pickle; only a program has its code and constants beside it.
  private static boolean isTorchScript(Path file) {
    try (var zip = new ZipFile(file.toFile())) {
      return zip.stream().anyMatch(entry -> entry.getName().matches("[^/]+/constants\\.pkl"))
          && zip.stream().anyMatch(entry -> entry.getName().matches("[^/]+/code/.*"));
    } catch (IOException e) {
      return false;
    }
  }

  private static WeightsFile of(Format format, ModelFolder folder, String name) {
    return new WeightsFile(format, folder.file(name));
  }

  private static StitchException missing(ModelFolder folder) {
    for (String name : folder.names()) {
      if (PICKLE_ENDINGS.stream().anyMatch(name::endsWith) && folder.has(name)) {
        String kind =
            ForeignFormat.of(folder.file(name)).map(ForeignFormat::description).orElse("no pickle");
        return StitchException.badInput(
            "model folder '%s' has no model.safetensors, only '%s' (%s), which holds a Python"
                + " program and is never run; take a revision with model.safetensors (on the Hub"
                + " perhaps refs/pr/N), or convert the file on a machine where you trust it",
            folder, name, kind);
      }
    }
    return StitchException.badInput(
        "model folder '%s' has no weights; expected model.safetensors,"
            + " model.safetensors.index.json or onnx/model.onnx",
        folder);
  }
}
