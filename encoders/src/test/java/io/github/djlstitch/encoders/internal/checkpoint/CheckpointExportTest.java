// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import static io.github.djlstitch.encoders.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.encoders.EmbeddedModel;
import io.github.djlstitch.encoders.internal.exported.OnnxModels;
import io.github.djlstitch.encoders.internal.exported.TorchScriptFiles;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders whose weights are a graph or a program. */
final class CheckpointExportTest {
  private static final EncoderOptions DEFAULTS = EncoderOptions.defaults();
  private static final List<String> TEXTS =
      List.of("The quick brown fox jumps over the lazy dog.", "", "zero-shot latent space", "東京");

  @TempDir Path parent;

  @Test
  void miniLmAsAGraphIsMiniLm() throws IOException {
    Path folder = parent.resolve("minilm");
    Files.createDirectories(folder.resolve("onnx"));
    Files.copy(EmbeddedModel.MINILM.onnx(), folder.resolve("onnx/model.onnx"));
    Files.copy(EmbeddedModel.MINILM.tokenizerFile(), folder.resolve("tokenizer.json"));
    new Folder(folder, new JsonObject())
        .put(
            "config.json",
            "{\"model_type\": \"bert\", \"vocab_size\": 30522, "
                + "\"max_position_embeddings\": 512, \"type_vocab_size\": 2, \"hidden_size\": 384, "
                + "\"num_hidden_layers\": 6, \"num_attention_heads\": 12, \"hidden_act\": \"gelu\", "
                + "\"intermediate_size\": 1536, \"layer_norm_eps\": 1e-12}")
        .put("1_Pooling/config.json", "{\"pooling_mode_mean_tokens\": true}")
        .put("2_Normalize/x", "")
        .put("sentence_bert_config.json", "{\"max_seq_length\": 256}")
        .put(
            "modules.json",
            "[{\"path\": \"\", \"type\": \"Transformer\"}, {\"path\": \"1_Pooling\","
                + " \"type\": \"Pooling\"}, {\"path\": \"2_Normalize\", \"type\": \"Normalize\"}]");
    try (var graph = Checkpoint.open(folder).textEncoder("x", DEFAULTS);
        var ours = EmbeddedModel.MINILM.open(NumberType.FLOAT32, 2)) {
      assertEquals(384, graph.dimension());
      assertArrayEquals(ours.encode(TEXTS).toArray(), graph.encode(TEXTS).toArray(), 1e-5f);
    }
  }

  @Test
  void graphsOfUnknownNetworksRun() throws IOException {
    Folder folder = folder("{\"model_type\": \"novel\"}");
    folder.put("model.onnx", OnnxModels.text("last_hidden_state").bytes());
    Checkpoint checkpoint = Checkpoint.open(folder.path());
    assertEquals("novel", checkpoint.name());
    assertEquals(Modality.TEXT, checkpoint.modality());
    assertArrayEquals(new float[] {7, 0.98f, 1}, folder.encode("t7 t9"), 1e-6f);
    String digest = checkpoint.sha256(DEFAULTS);
    folder.put("model.onnx", OnnxModels.text("token_embeddings").bytes());
    assertNotEquals(digest, Checkpoint.open(folder.path()).sha256(DEFAULTS));
    folder.delete("config.json");
    assertArrayEquals(new float[] {7, 0.98f, 1}, folder.encode("t7 t9"), 1e-6f);
    folder.delete("tokenizer.json");
    refused("has no config.json", Kind.BAD_INPUT, () -> Checkpoint.open(folder.path()));
    folder.put("preprocessor_config.json", "{\"image_processor_type\": \"ViTImageProcessor\"}");
    assertEquals(Modality.IMAGE, Checkpoint.open(folder.path()).modality());
    folder.assertNoImages("expected one of shape (B, 3, 224, 224)", Kind.BAD_INPUT);
  }

  @Test
  void whatAGraphCannotDoIsSaid() throws IOException {
    Folder folder = folder("{\"model_type\": \"novel\"}");
    folder.put("model.onnx", OnnxModels.text("last_hidden_state").bytes());
    usage(folder, "use --dtype float32", DEFAULTS.withNumbers(NumberType.BFLOAT16));
    usage(folder, "gives its last layer only", DEFAULTS.withLayer(3));
    usage(folder, "runs on the CPU only", DEFAULTS.withDevice("gpu"));
    usage(folder, "has no pooling of its own", DEFAULTS.withPooling(Pooling.OWN));
    assertArrayEquals(
        new float[] {7, 0.98f, 1}, folder.encode("t7", DEFAULTS.withLayer(-1)), 1e-6f);
  }

  @Test
  void tensorsComeFirstThenGraphsThenPrograms() throws IOException {
    Folder bert = Folder.of(parent, "bert-pretraining");
    String text = bert.text();
    bert.put("onnx/model.onnx", OnnxModels.text("last_hidden_state").bytes());
    bert.put("model.pt", program("torch.cat([x, x], 2)"));
    var trusting = DEFAULTS.trustingCode();
    assertEquals(32, bert.encode(text, trusting).length);
    bert.delete("model.safetensors");
    assertEquals(3, bert.encode(text, trusting).length);
    bert.delete("onnx/model.onnx");
    assertEquals(2, bert.encode(text, trusting).length);
    bert.assertNoTexts("add --trust-code", Kind.USAGE);
  }

  @Test
  void programsOfImages() throws IOException {
    Folder folder = folder("{}").delete("tokenizer.json");
    folder.put(
        "model.pt",
        TorchScriptFiles.of(
            "def forward(self: __torch__.M, x: Tensor) -> Tensor:\n  return torch.mean(x, [2, 3])\n"));
    folder.put("preprocessor_config.json", "{\"image_processor_type\": \"ViTImageProcessor\"}");
    var checkpoint = Checkpoint.open(folder.path());
    assertEquals(Modality.IMAGE, checkpoint.modality());
    try (var encoder = checkpoint.imageEncoder("x", DEFAULTS.trustingCode())) {
      assertEquals(3, encoder.dimension());
    }
    folder.assertNoImages("add --trust-code", Kind.USAGE);
  }

  @Test
  void withoutOnnxRuntimeItSaysWhatToAdd() throws Exception {
    Folder folder = folder("{\"model_type\": \"novel\"}");
    folder.put("model.onnx", OnnxModels.text("last_hidden_state").bytes());
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("onnxruntime")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    var parentLoader = ClassLoader.getPlatformClassLoader();
    try (var loader = new URLClassLoader(urls.toArray(new URL[0]), parentLoader)) {
      var run = loader.loadClass(Opening.class.getName()).getMethod("open", Path.class);
      var e = assertThrows(InvocationTargetException.class, () -> run.invoke(null, folder.path()));
      String message = String.valueOf(e.getCause());
      assertTrue(message.contains("com.microsoft.onnxruntime:onnxruntime:1.29.0"), message);
    }
  }

  /** Called in a class loader of its own. */
  public static final class Opening {
    private Opening() {}

    /** Opens a folder for texts. */
    public static void open(Path folder) {
      Checkpoint.open(folder).textEncoder("x", EncoderOptions.defaults()).close();
    }
  }

  private static void usage(Folder folder, String part, EncoderOptions options) {
    refused(part, Kind.USAGE, () -> folder.encode("t7", options));
  }

  private Folder folder(String config) throws IOException {
    Path path = Files.createDirectories(parent.resolve("exported"));
    return new Folder(path, new JsonObject()).put("config.json", config).tokenizer(7, 9);
  }

  private static byte[] program(String result) throws IOException {
    return TorchScriptFiles.of(
        "def forward(self: __torch__.M, ids: Tensor, mask: Tensor) -> Tensor:\n"
            + "  x = torch.unsqueeze(torch.to(ids, 6), 2)\n"
            + "  return "
            + result
            + "\n");
  }
}
