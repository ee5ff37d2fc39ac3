// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.common.AbstractEmbeddingModelIT;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j's own contract, of an encoder. */
abstract class EncoderContract extends AbstractEmbeddingModelIT {
  @TempDir static Path cache;

  private final String encoder;
  private final boolean knowsRoles;
  private final List<EncoderEmbeddingModel> opened = new ArrayList<>();

  EncoderContract(String encoder, boolean knowsRoles) {
    this.encoder = encoder;
    this.knowsRoles = knowsRoles;
  }

  // JUnit closes the arguments of each test.
  @Override
  protected List<EmbeddingModel> models() {
    return List.of(open());
  }

  @Override
  protected EmbeddingModel modelWith(EmbeddingModelListener listener) {
    return open().addListener(listener);
  }

  private EncoderEmbeddingModel open() {
    EncoderEmbeddingModel model = EncoderEmbeddingModel.open(Zoo.in(cache), encoder);
    opened.add(model);
    return model;
  }

  @AfterAll
  void close() {
    opened.forEach(EncoderEmbeddingModel::close);
  }

  @Override
  protected boolean supportsInputTypeParameter() {
    return knowsRoles;
  }

  @Override
  protected boolean supportsDimensionsParameter() {
    return false;
  }

  @Override
  protected boolean supportsImageInput() {
    return false;
  }

  @Override
  protected boolean supportsInterleavedInput() {
    return false;
  }

  @Override
  protected boolean assertTokenUsage() {
    return false; // tokens cost nothing here
  }
}
