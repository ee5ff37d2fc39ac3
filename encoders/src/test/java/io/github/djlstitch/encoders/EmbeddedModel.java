// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.encoder.FrozenTextEncoder;
import io.github.djlstitch.encoders.internal.text.TextConfig;
import io.github.djlstitch.encoders.internal.text.TextTokenizer;
import io.github.djlstitch.encoders.internal.text.TextTransformer;
import io.github.djlstitch.encoders.internal.weights.OnnxWeights;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * A real model that lies in a jar on the test class path.
 *
 * @param file name of its resources
 * @param config its sizes
 * @param pooling how it pools
 * @param maxTokens longest sequence, in tokens
 */
public record EmbeddedModel(String file, TextConfig config, Pooling pooling, int maxTokens) {
  /** 6 layers of 12 heads, mean. */
  public static final EmbeddedModel MINILM =
      new EmbeddedModel(
          "all-minilm-l6-v2",
          TextConfig.bert(30522, 512, 384, 6, 12, 1536, 1e-12),
          Pooling.MEAN,
          256);

  /** 12 layers of 12 heads, first token. */
  public static final EmbeddedModel BGE_SMALL =
      new EmbeddedModel(
          "bge-small-en-v1.5",
          TextConfig.bert(30522, 512, 384, 12, 12, 1536, 1e-12),
          Pooling.CLS,
          512);

  /** 4 layers of 8 heads, first token. */
  public static final EmbeddedModel BGE_SMALL_ZH =
      new EmbeddedModel(
          "bge-small-zh-v1.5",
          TextConfig.bert(21128, 512, 512, 4, 8, 2048, 1e-12),
          Pooling.CLS,
          512);

  private static final Path FOLDER = Path.of("target", "embedded-models");

  /** The ONNX file, unpacked. */
  public Path onnx() {
    return unpacked(file + ".onnx");
  }

  /** The file of its tokenizer, unpacked. */
  public Path tokenizerFile() {
    return unpacked(file + "-tokenizer.json");
  }

  /** Its tokenizer; the caller closes it. */
  public TextTokenizer tokenizer() {
    return tokenizer(maxTokens);
  }

  /** Its tokenizer with another limit; the caller closes it. */
  public TextTokenizer tokenizer(int limit) {
    return TextTokenizer.open(tokenizerFile(), limit);
  }

  /** An encoder on the CPU; the caller closes it. */
  public TextEncoder open(NumberType numbers, int batch) {
    return open("", numbers, batch);
  }

  /** An encoder that puts a prefix before every text; the caller closes it. */
  public TextEncoder open(String prefix, NumberType numbers, int batch) {
    return FrozenTextEncoder.open(
        FrozenTextEncoder.Identity.of(file, "", prefix),
        manager -> load(numbers, manager),
        tokenizer(),
        Device.cpu(),
        batch);
  }

  /** The network alone; the manager owns its weights. */
  public TextTransformer load(NumberType numbers, NDManager manager) {
    return TextTransformer.load(
        config, Readout.sentence(pooling), numbers, OnnxWeights.map(onnx()), manager);
  }

  @Override
  public String toString() {
    return file;
  }

  private static synchronized Path unpacked(String resource) {
    Path path = FOLDER.resolve(resource);
    if (!Files.exists(path)) {
      try (var in = EmbeddedModel.class.getResourceAsStream("/" + resource)) {
        Files.createDirectories(FOLDER);
        Path whole = Files.createTempFile(FOLDER, resource, ".part"); // tests run in two processes
        Files.copy(
            Objects.requireNonNull(in, resource), whole, StandardCopyOption.REPLACE_EXISTING);
        Files.move(whole, path, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return path;
  }
}
