// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.exported;

import static io.github.djlstitch.encoders.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.encoders.internal.vision.ImageSize;
import io.github.djlstitch.encoders.options.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two images whose pixels count from 0; networks that average or pass them on. */
@Tag("processor")
final class ExportedVisionTest {
  private static final float[] MEANS = {2.5f, 8.5f, 14.5f, 20.5f, 26.5f, 32.5f};
  private static final float[] LARGEST = {5, 11, 17, 23, 29, 35};

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"image_embeds, b", "output, b", "image_embeds, 1"})
  void vectorsAreTaken(String output, String batch) throws IOException {
    Path file = OnnxModels.image(output, batch, "3", "2", "3").write(folder);
    assertVectors(MEANS, m -> ExportedVision.onnx(file, reading(Pooling.OWN), m));
  }

  @Test
  void mapsAreAveraged() throws IOException {
    Path file = OnnxModels.image("last_hidden_state", "b", "3", "h", "w").write(folder);
    assertVectors(MEANS, m -> ExportedVision.onnx(file, reading(Pooling.OWN), m));
    assertVectors(MEANS, m -> ExportedVision.onnx(file, reading(Pooling.MEAN), m));
    assertVectors(LARGEST, m -> ExportedVision.onnx(file, reading(Pooling.MAX), m));
    bad("for pooling 'cls'", file, Pooling.CLS);
  }

  @Test
  void othersAreRefused() throws IOException {
    Path file = OnnxModels.image("logits", "b", "3", "2", "3").write(folder);
    bad("'logits' (1, 3)", file, Pooling.OWN);
    Path fixed = OnnxModels.image("image_embeds", "b", "3", "224", "224").write(folder);
    bad("inputs pixel_values(-1, 3, 224, 224), expected one of shape (B, 3, 2, 3)", fixed);
    Path last = OnnxModels.image("image_embeds", "b", "2", "3", "3").write(folder);
    bad("expected one of shape", last);
    Path gray = OnnxModels.image("image_embeds", "b", "1", "h", "w").write(folder);
    bad("expected one of shape", gray);
    Path text = OnnxModels.text("last_hidden_state").write(folder);
    bad("expected one of shape (B, 3, 2, 3)", text);
    refused("pooling 'last' is for texts", Kind.USAGE, () -> reading(Pooling.LAST));
  }

  @Test
  void modulesAreCalledWithPixels() throws IOException {
    Path map = module("x: Tensor) -> Tensor:\n  return x\n");
    assertVectors(MEANS, m -> ExportedVision.torchScript(map, reading(Pooling.OWN), m));
    Path tokens =
        module("x: Tensor) -> Tensor:\n  return torch.transpose(torch.flatten(x, 2), 1, 2)\n");
    float[] first = {0, 6, 12, 18, 24, 30};
    assertVectors(first, m -> ExportedVision.torchScript(tokens, reading(Pooling.OWN), m));
    assertVectors(MEANS, m -> ExportedVision.torchScript(tokens, reading(Pooling.MEAN), m));
    assertVectors(LARGEST, m -> ExportedVision.torchScript(tokens, reading(Pooling.MAX), m));
    Path sum = module("x: Tensor) -> Tensor:\n  return torch.sum(x)\n");
    refused("'output 0' ()", Kind.BAD_INPUT, () -> open(sum).close());
    Path mixing = module("x: Tensor) -> Tensor:\n  return torch.mean(x, [0], True)\n");
    refused(
        "is its batch size fixed?",
        Kind.BAD_INPUT,
        () ->
            assertVectors(MEANS, m -> ExportedVision.torchScript(mixing, reading(Pooling.OWN), m)));
  }

  private static NDManager open(Path module) {
    NDManager manager = TensorBridge.newManager();
    try {
      ExportedVision.torchScript(module, reading(Pooling.OWN), manager);
      return manager;
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private static void bad(String part, Path file) {
    bad(part, file, Pooling.OWN);
  }

  private static void bad(String part, Path file, Pooling pooling) {
    try (NDManager manager = TensorBridge.newManager()) {
      refused(part, Kind.BAD_INPUT, () -> ExportedVision.onnx(file, reading(pooling), manager));
    }
  }

  private Path module(String rest) throws IOException {
    byte[] bytes = TorchScriptFiles.of("def forward(self: __torch__.M, " + rest);
    return Files.write(Files.createTempFile(folder, "m", ".pt"), bytes);
  }

  private static ExportedVision.Reading reading(Pooling pooling) {
    return new ExportedVision.Reading(pooling, false, new ImageSize(2, 3));
  }

  private static void assertVectors(float[] expected, Function<NDManager, ExportedVision> opener) {
    try (NDManager manager = TensorBridge.newManager()) {
      ExportedVision network = opener.apply(manager);
      assertEquals(3, network.width());
      var pixels = manager.arange(36f).reshape(new Shape(2, 3, 2, 3));
      var store = new ParameterStore(manager, false);
      var vectors = network.forward(store, new NDList(pixels), false).head();
      assertArrayEquals(expected, vectors.toFloatArray(), 1e-5f);
    }
  }
}
