// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import static io.github.djlstitch.encoders.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.file.Safetensors;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Tensor;
import io.github.djlstitch.encoders.options.EncoderOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files of a folder are taken, and what is said about the others. */
final class CheckpointFolderTest {
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir Path parent;
  private Folder bert;
  private String text;

  @BeforeEach
  void copy() throws IOException {
    bert = Folder.of(parent, "bert-pretraining");
    text = bert.text();
  }

  @ParameterizedTest
  @CsvSource({
    "model_type, bret, 'model_type ''bret'', which is not built in; did you mean ''bert''? known:'",
    "model_type, t5, 'others run from onnx/model.onnx'",
    "model_type, '\u001b[31m', 'model_type ''?[31m'''",
    "architecture, rexnet100, 'did you mean ''rexnet_100''?'",
    "architecture, resnet50, 'architecture ''resnet50'', which is not built in'",
    "architecture, deit3_base_patch16_224, 'known: deit_small'"
  })
  void unknownNetworksAreNamed(String field, String name, String part) throws IOException {
    bert.put("config.json", "{\"%s\": \"%s\"}".formatted(field, name.replace("\u001b", "\\u001b")));
    refused(part, Kind.UNAVAILABLE, () -> Checkpoint.open(bert.path()));
  }

  @Test
  void configurationIsNeeded() throws IOException {
    refusedFolder("there is no model folder", parent.resolve("none"));
    Path file = bert.path().resolve("model.safetensors");
    refusedFolder("must be a model folder but is a file; give the folder", file);
    bert.put("config.json", "{}");
    refusedFolder("has neither 'model_type'", bert.path());
    bert.put("config.json", "[]");
    refusedFolder("is not a JSON object", bert.path());
    bert.put("config.json", "{\"model_type\": \"bert\", \"model_type\": \"bert\"}");
    refusedFolder("given twice", bert.path());
    bert.put("config.json", "{\"model_type\": 7}");
    refusedFolder("'model_type' is not a text", bert.path());
    bert.put("config.json", "{\"model_type\": \"bert\"}");
    bert.assertNoTexts("tensors are too few for 12 layers"); // BertConfig's own number
    bert.delete("config.json");
    refusedFolder("has no config.json", bert.path());
  }

  @Test
  void modelServersFilesAreIgnoredWithAWarning() throws IOException {
    bert.put("libs/classes/Evil.java", "class Evil {}");
    bert.put("serving.properties", "translatorFactory=Evil");
    bert.put("modeling_bert.py", "raise SystemExit");
    bert.config(config -> config.add("auto_map", config.get("architectures")));
    List<String> warnings = Checkpoint.open(bert.path()).warnings();
    assertEquals(4, warnings.size());
    for (String name : List.of("libs", "serving.properties", "modeling_bert.py", "auto_map")) {
      assertTrue(warnings.stream().anyMatch(w -> w.contains("'" + name + "' is ignored")), name);
    }
    assertArrayEquals(bert.lastRow("last_hidden_state"), bert.encode(text), 2e-5f);
  }

  @Test
  void filesMayBeLinksIntoTheCacheOfTheHub() throws IOException {
    Path blobs = Files.createDirectories(parent.resolve("models--a--b/blobs"));
    Path snapshot = Files.createDirectories(parent.resolve("models--a--b/snapshots/c0ffee"));
    for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
      Files.move(bert.path().resolve(name), blobs.resolve("sha-of-" + name));
      Path link = snapshot.resolve(name);
      Files.createSymbolicLink(link, Path.of("../../blobs/sha-of-" + name));
    }
    var linked = new Folder(snapshot, bert.expected());
    assertArrayEquals(bert.lastRow("last_hidden_state"), linked.encode(text), 2e-5f);
    Files.delete(blobs.resolve("sha-of-tokenizer.json"));
    linked.assertNoTexts("tokenizer.json' is a link to a file that is missing");
  }

  @Test
  void shardsGiveTheSameVectors() throws IOException {
    float[] whole = bert.encode(text);
    shards("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
    assertArrayEquals(whole, bert.encode(text), 0);
    bert.delete("model-00002-of-00002.safetensors");
    bert.assertNoTexts("file 'model-00002-of-00002.safetensors' is missing beside");
  }

  @Test
  void picklesAreNeverOpened() throws IOException {
    bert.delete("model.safetensors");
    bert.assertNoTexts("has no weights; expected model.safetensors");
    bert.put("pytorch_model.bin", zip("archive/data.pkl"));
    bert.assertNoTexts(
        "only 'pytorch_model.bin' (a zip archive (PyTorch .bin/.pt or .npz)), which");
    bert.assertNoTexts("perhaps refs/pr/N");
    bert.delete("pytorch_model.bin");
    bert.put("model.pth", new byte[] {(byte) 0x80, 2, '}', '.'});
    bert.assertNoTexts("only 'model.pth' (a Python pickle)");
    bert.put("model.safetensors", new byte[] {(byte) 0x80, 2, '}', '.'});
    bert.assertNoTexts("is a Python pickle, which is never opened");
    refusedFolder("is a Python pickle, which is never run", bert.path().resolve("model.pth"));
  }

  @Test
  void programsNeedTrust() throws IOException {
    bert.delete("model.safetensors");
    bert.put("traced.pt", zip("m/data.pkl", "m/constants.pkl", "m/code/__torch__.py"));
    bert.assertNoTexts("any code of LibTorch; add --trust-code", Kind.USAGE);
    bert.put("model.ts", zip("m/data.pkl", "m/constants.pkl", "m/code/__torch__.py"));
    refused(
        "has several TorchScript programs: model.ts, traced.pt",
        Kind.BAD_INPUT,
        () -> bert.encode(text, EncoderOptions.defaults().trustingCode()));
    bert.delete("model.ts");
    refused(
        "LibTorch cannot load",
        Kind.BAD_INPUT,
        () -> bert.encode(text, EncoderOptions.defaults().trustingCode()));
  }

  private void refusedFolder(String part, Path folder) {
    refused(part, Kind.BAD_INPUT, () -> Checkpoint.open(folder));
  }

  private void shards(String... names) throws IOException {
    Safetensors whole = Safetensors.open(bert.path().resolve("model.safetensors"));
    List<List<Tensor>> shards =
        Stream.<List<Tensor>>generate(ArrayList::new).limit(names.length).toList();
    var map = new JsonObject();
    int next = 0;
    for (String tensor : whole.names()) {
      int shard = next++ % names.length;
      int[] shape = whole.info(tensor).shape().stream().mapToInt(Math::toIntExact).toArray();
      shards
          .get(shard)
          .add(Tensor.of(tensor, whole.info(tensor).dtype(), shape, whole.raw(tensor)));
      map.addProperty(tensor, names[shard]);
    }
    for (int i = 0; i < names.length; i++) {
      SafetensorsWriter.write(bert.path().resolve(names[i]), Map.of(), shards.get(i));
    }
    bert.delete("model.safetensors");
    bert.put(INDEX, "{\"metadata\": {\"total_size\": 1}, \"weight_map\": " + map + "}");
  }

  private static byte[] zip(String... names) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write("x".getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
