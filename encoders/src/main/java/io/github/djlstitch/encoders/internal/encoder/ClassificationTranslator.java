// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.encoder;

import ai.djl.modality.Classifications;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.github.djlstitch.encoders.internal.text.TextTokenizer;
import io.github.djlstitch.encoders.internal.text.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One text to ids and mask (1, T), class scores (1, C) to probabilities. */
final class ClassificationTranslator implements Translator<String, Classifications> {
  private final TextTokenizer tokenizer;
  private final String prefix;
  private final List<String> classes;

  ClassificationTranslator(TextTokenizer tokenizer, String prefix, List<String> classes) {
    this.tokenizer = tokenizer;
    this.prefix = prefix;
    this.classes = List.copyOf(classes);
  }

  @Override
  public NDList processInput(TranslatorContext context, String text) {
    Tokens tokens = tokenizer.tokens(List.of(prefix + text)).get(0);
    long[] ids = new long[tokens.length()];
    long[] mask = new long[tokens.length()];
    tokens.copyIds(ids, 0);
    tokens.copyMask(mask, 0);
    NDManager manager = context.getNDManager();
    var shape = new Shape(1, ids.length);
    return new NDList(manager.create(ids, shape), manager.create(mask, shape)); // (1, T)
  }

  @Override
  public Classifications processOutput(TranslatorContext context, NDList scores) {
    return new Classifications(classes, scores.singletonOrThrow().get(0).softmax(0)); // (C)
  }

  // Texts have different lengths, so that each goes through alone.
  @Override
  public @Nullable Batchifier getBatchifier() {
    return null;
  }
}
