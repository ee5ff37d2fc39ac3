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
import io.github.djlstitch.encoders.options.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Token 7 then 40, and token 30 with padding behind it; the state of a token is known. */
@Tag("processor")
final class ExportedTextTest {
  private static final long[] IDS = {7, 40, 30, 0};
  private static final long[] MASK = {2, 1, 2, 0};
  private static final float[] SEVEN = {7, 0.98f, 1};
  private static final float[] THIRTY = {30, 18, 1};
  private static final float[] FORTY = {40, 32, 1};

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"last_hidden_state", "token_embeddings", "anything"})
  void statesArePooled(String output) throws IOException {
    Path file = OnnxModels.text(output).write(folder);
    assertVectors(onnx(file, reading(null, Pooling.CLS)), SEVEN, THIRTY);
    assertVectors(onnx(file, reading(null, Pooling.MEAN)), mean(SEVEN, FORTY), THIRTY);
    assertVectors(onnx(file, reading(Pooling.LAST, Pooling.CLS)), FORTY, THIRTY);
    assertVectors(onnx(file, reading(Pooling.MAX, Pooling.CLS)), FORTY, THIRTY);
  }

  @Test
  void finishedVectorsAreTakenUnlessPoolingIsAskedFor() throws IOException {
    OnnxModels both = OnnxModels.text("token_embeddings", "sentence_embedding", "pooler_output");
    Path file = both.write(folder);
    float[] padded = {30, 18, 1};
    assertVectors(onnx(file, reading(null, Pooling.CLS)), FORTY, padded);
    assertVectors(onnx(file, reading(Pooling.CLS, Pooling.CLS)), SEVEN, THIRTY);
    assertVectors(onnx(file, reading(Pooling.POOLER, Pooling.CLS)), FORTY, padded);
    var scaled = new ExportedText.Reading(Optional.empty(), Pooling.CLS, true, 512, 0);
    assertVectors(onnx(file, scaled), unit(FORTY), unit(padded));
  }

  @Test
  void otherOutputsAreNamed() throws IOException {
    refusedOnnx("'logits' (1, 3, 3)", OnnxModels.text("logits"), reading(null, Pooling.CLS));
    refusedOnnx(
        "expected last_hidden_state", OnnxModels.text("a", "b"), reading(null, Pooling.CLS));
    refusedOnnx(
        "for pooling 'mean'",
        OnnxModels.text("sentence_embedding"),
        reading(Pooling.MEAN, Pooling.CLS));
    refusedOnnx(
        "pooler_output (B, D) for pooling 'pooler'",
        OnnxModels.text("last_hidden_state"),
        reading(Pooling.POOLER, Pooling.CLS));
  }

  @Test
  void otherInputsAreNamed() throws IOException {
    var plain = reading(null, Pooling.CLS);
    refusedOnnx(
        "has the inputs [input_ids, attention_mask, position_ids]",
        OnnxModels.text("last_hidden_state").input("position_ids", 7, "batch", "sequence"),
        plain);
    refusedOnnx("has the inputs [pixel_values]", OnnxModels.image("x", "b", "3", "h", "w"), plain);
    Path typed =
        OnnxModels.text("last_hidden_state")
            .input("token_type_ids", 7, "batch", "sequence")
            .write(folder);
    assertVectors(onnx(typed, plain), SEVEN, THIRTY);
    refusedOnnx(
        "requires input 'token_type_ids' as FLOAT",
        OnnxModels.text("last_hidden_state").input("token_type_ids", 1, "batch", "sequence"),
        plain);
  }

  @Test
  void whatTheRuntimeCannotRunIsRefused() throws IOException {
    var plain = reading(null, Pooling.CLS);
    refusedOnnx("ONNX Runtime", OnnxModels.text("last_hidden_state").opset(999), plain);
    refusedOnnx(
        "ONNX Runtime",
        OnnxModels.text("last_hidden_state").node("org.example.RunMe", "states", "more"),
        plain);
    Path broken = Files.write(folder.resolve("b.onnx"), new byte[] {1, 2, 3});
    refused("is not a whole ONNX file", Kind.BAD_INPUT, () -> onnx(broken, plain).close());
  }

  @Test
  void modulesAreCalledWithIdsAndMask() throws IOException {
    String body = " -> Tensor:\n  x = torch.unsqueeze(torch.to(ids, 6), 2)\n";
    String states = body + "  return torch.cat([x, torch.mul(x, 2.)], 2)\n";
    String two = "def forward(self: __torch__.M, ids: Tensor, mask: Tensor)";
    String three = "def forward(self: __torch__.M, ids: Tensor, mask: Tensor, types: Tensor)";
    for (String head : List.of(two, three)) {
      Path file = module(head + states);
      assertVectors(script(file, reading(null, Pooling.CLS)), f(7, 14), f(30, 60));
      assertVectors(script(file, reading(Pooling.MEAN, Pooling.CLS)), f(23.5f, 47), f(30, 60));
    }
    Path whole = module(two + " -> Tensor:\n  return torch.to(ids, 6)\n");
    refused(
        "'output 0' (1, 3)",
        Kind.BAD_INPUT,
        () -> script(whole, reading(Pooling.MEAN, Pooling.CLS)).close());
    Path numbers = module(two + " -> Tensor:\n  return ids\n");
    refused(
        "float32 outputs []",
        Kind.BAD_INPUT,
        () -> script(numbers, reading(null, Pooling.CLS)).close());
    Path scalar = module(two + " -> Tensor:\n  return torch.sum(torch.to(ids, 6))\n");
    refused(
        "'output 0' ()", Kind.BAD_INPUT, () -> script(scalar, reading(null, Pooling.CLS)).close());
    Path one = module("def forward(self: __torch__.M, x: Tensor) -> Tensor:\n  return x\n");
    refused(
        "could not run on 2 inputs",
        Kind.BAD_INPUT,
        () -> script(one, reading(null, Pooling.CLS)).close());
  }

  /** An opened network and what owns it. */
  private record Opened(ExportedText network, NDManager manager) implements AutoCloseable {
    @Override
    public void close() {
      manager.close();
    }
  }

  private interface Opener {
    ExportedText open(NDManager manager);
  }

  private static Opened opened(Opener opener) {
    NDManager manager = TensorBridge.newManager();
    try {
      return new Opened(opener.open(manager), manager);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private static Opened onnx(Path file, ExportedText.Reading reading) {
    return opened(manager -> ExportedText.onnx(file, reading, manager));
  }

  private static Opened script(Path file, ExportedText.Reading reading) {
    return opened(manager -> ExportedText.torchScript(file, reading, manager));
  }

  private void refusedOnnx(String part, OnnxModels model, ExportedText.Reading reading)
      throws IOException {
    Path file = model.write(folder);
    refused(part, Kind.BAD_INPUT, () -> onnx(file, reading).close());
  }

  private Path module(String forward) throws IOException {
    return Files.write(folder.resolve("m.pt"), TorchScriptFiles.of(forward));
  }

  private static ExportedText.Reading reading(@Nullable Pooling asked, Pooling otherwise) {
    return new ExportedText.Reading(Optional.ofNullable(asked), otherwise, false, 512, 0);
  }

  private static void assertVectors(Opened opened, float[]... expected) {
    try (opened;
        NDManager scope = opened.manager().newSubManager()) {
      var shape = new Shape(2, 2);
      var inputs = new NDList(scope.create(IDS, shape), scope.create(MASK, shape));
      var store = new ParameterStore(scope, false);
      var vectors = opened.network().forward(store, inputs, false).head();
      assertEquals(expected[0].length, opened.network().width());
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], vectors.get(i).toFloatArray(), 1e-5f);
      }
      var again = opened.network().forward(store, inputs, true).head();
      assertArrayEquals(vectors.toFloatArray(), again.toFloatArray());
    }
  }

  private static float[] f(float... values) {
    return values;
  }

  private static float[] mean(float[] a, float[] b) {
    return f((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2);
  }

  private static float[] unit(float[] a) {
    double norm = Math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
    return f((float) (a[0] / norm), (float) (a[1] / norm), (float) (a[2] / norm));
  }
}
