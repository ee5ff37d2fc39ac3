// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import static io.github.djlstitch.encoders.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.Batchifier;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.EncoderContract;
import io.github.djlstitch.encoders.PlainTorch;
import io.github.djlstitch.encoders.internal.encoder.PortableEncoder;
import io.github.djlstitch.encoders.internal.encoder.PortableInput;
import io.github.djlstitch.encoders.internal.exported.OnnxModels;
import io.github.djlstitch.encoders.internal.exported.TorchScriptFiles;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of text encoder, as it is opened from its folder. */
final class TextEncodersContractTest {
  private static final List<String> TEXTS =
      List.of("t5", "t9 t7 t30 t11 t12 t13", "", "t8 t8 t8", "unheard of", "t6 t6 t6 t6 t6 t6 t6");

  /** Token ids and mask (B, T) by DJL's own tokenizer, from the file and settings of an export. */
  private static NDList tokens(
      PortableInput input, Path folder, List<String> texts, NDManager manager) {
    try {
      Path file = Files.writeString(folder.resolve(input.file()), input.content());
      var builder = HuggingFaceTokenizer.builder(input.settings()).optTokenizerPath(file);
      try (HuggingFaceTokenizer tokenizer = builder.build()) {
        NDList[] all =
            Arrays.stream(tokenizer.batchEncode(texts))
                .map(encoding -> encoding.toNDList(manager, false, false))
                .toArray(NDList[]::new);
        return Batchifier.STACK.batchify(all); // (B, T)
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private abstract static class Texts extends EncoderContract<String> {
    @TempDir Path parent;

    /** Makes the folder. */
    abstract Folder folder(Path where, boolean damaged) throws IOException;

    @Override
    protected Encoder<String> open(EncoderOptions options) throws IOException {
      return open(options, false);
    }

    @Override
    protected Encoder<String> openDamaged(EncoderOptions options) throws IOException {
      return open(options, true);
    }

    private Encoder<String> open(EncoderOptions options, boolean damaged) throws IOException {
      Path where = Files.createTempDirectory(parent, "model");
      return Checkpoint.open(folder(where, damaged).path()).textEncoder("mine", asked(options));
    }

    EncoderOptions asked(EncoderOptions options) {
      return options;
    }

    @Override
    protected List<String> inputs() {
      return TEXTS;
    }

    @Override
    protected NDList prepared(PortableEncoder encoder, List<String> texts, NDManager manager) {
      return tokens(encoder.input(), parent, texts, manager);
    }

    @Override
    protected String nameOf(String input) {
      return "text 0 of 1, counted from 0: '" + input + "'";
    }
  }

  private abstract static class Fixture extends Texts {
    private final String name;

    Fixture(String name) {
      this.name = name;
    }

    @Override
    Folder folder(Path where, boolean damaged) throws IOException {
      Folder folder = Folder.of(where, name);
      folder.text(); // adds its tokenizer
      return damaged ? folder.damage() : folder;
    }
  }

  private abstract static class Exported extends Texts {
    @Override
    Folder folder(Path where, boolean damaged) throws IOException {
      Folder folder = new Folder(where, new JsonObject()).put("config.json", "{}");
      return graph(folder.tokenizer(7, 9), damaged);
    }

    abstract Folder graph(Folder folder, boolean damaged) throws IOException;

    @Override
    protected String unexportable() {
      return "is an exported graph, which cannot be exported again";
    }

    // The first token is the same of all texts.
    @Override
    EncoderOptions asked(EncoderOptions options) {
      return options.withPooling(Pooling.MEAN).trustingCode();
    }

    @Override
    protected List<NumberType> numbers() {
      return List.of(NumberType.FLOAT32);
    }
  }

  @Nested
  final class Bert extends Fixture {
    Bert() {
      super("bert-pretraining");
    }
  }

  @Nested
  final class Roberta extends Fixture {
    Roberta() {
      super("roberta-mlm");
    }
  }

  @Nested
  final class Electra extends Fixture {
    Electra() {
      super("electra-small-projected");
    }
  }

  @Nested
  final class DistilBert extends Fixture {
    DistilBert() {
      super("distilbert-mlm");
    }
  }

  @Nested
  final class MpNet extends Fixture {
    MpNet() {
      super("mpnet");
    }
  }

  @Nested
  final class ClipTexts extends Fixture {
    ClipTexts() {
      super("clip");
    }
  }

  @Nested
  final class OnnxGraph extends Exported {
    @Override
    Folder graph(Folder folder, boolean damaged) throws IOException {
      float[] table = OnnxModels.table();
      if (damaged) {
        Arrays.fill(table, Float.POSITIVE_INFINITY);
      }
      return folder.put("model.onnx", OnnxModels.textOf(table, "last_hidden_state").bytes());
    }
  }

  @Nested
  final class TorchScriptProgram extends Exported {
    @Override
    Folder graph(Folder folder, boolean damaged) throws IOException {
      String result = damaged ? "torch.log(torch.sub(x, x))" : "torch.cat([x, x], 2)";
      return folder.put(
          "model.pt",
          TorchScriptFiles.of(
              "def forward(self: __torch__.M, ids: Tensor, mask: Tensor) -> Tensor:\n"
                  + "  x = torch.unsqueeze(torch.to(ids, 6), 2)\n"
                  + "  return %s\n".formatted(result)));
    }
  }

  @Test
  void specialTokensAreFoundWithoutTheirMask(@TempDir Path parent) throws IOException {
    Folder folder = Folder.of(parent, "roberta-mlm");
    folder.text();
    var content = EncoderOptions.defaults().withPooling(Pooling.CONTENT_MEAN);
    List<String> texts = List.of("t5", "t9 t7 t30 t11 t12 t13", "t8 t8 t8");
    try (var encoder = Checkpoint.open(folder.path()).textEncoder("mine", content)) {
      var portable = (PortableEncoder) encoder;
      FloatMatrix found =
          PlainTorch.run(
              portable.script(), m -> tokens(portable.input(), parent, texts, m)); // (N, D)
      FloatMatrix expected = encoder.encode(texts); // (N, D)
      for (int i = 0; i < texts.size(); i++) {
        assertArrayEquals(expected.row(i), found.row(i), 2e-6f);
      }
    }
  }

  @Test
  void theTextWhoseVectorIsNotFiniteIsNamed(@TempDir Path parent) throws IOException {
    float[] table = OnnxModels.table();
    table[3 * 8] = Float.NaN; // of token "t8"
    Folder folder = new Folder(parent, new JsonObject()).put("config.json", "{}").tokenizer(7, 9);
    folder.put("model.onnx", OnnxModels.textOf(table, "last_hidden_state").bytes());
    var mean = EncoderOptions.defaults().withPooling(Pooling.MEAN).withBatch(2);
    try (var encoder = Checkpoint.open(folder.path()).textEncoder("mine", mean)) {
      refused(
          "made the value NaN for text 3 of 6, counted from 0: 't8 t8 t8'; are its",
          Kind.BAD_INPUT,
          () -> encoder.encode(TEXTS));
    }
  }
}
