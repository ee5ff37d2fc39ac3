// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.request.EmbeddingInputType;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EncoderEmbeddingModelTest {
  private static final int THREADS = 64;

  @TempDir static Path cache;
  private static EncoderEmbeddingModel model;

  @BeforeAll
  static void open() {
    model = EncoderEmbeddingModel.open(Zoo.in(cache), "e5-small");
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void vectorsAreTheEncodersOwnInEachRole() {
    List<String> texts = List.of("lift of a wing", "heat");
    assertSame(model.encoder().encode(texts), request(texts));
    FloatMatrix asked = model.encoder().inRole(Role.QUERY).encode(texts);
    FloatMatrix found = model.encoder().inRole(Role.DOCUMENT).encode(texts);
    assertSame(asked, request(texts).inputType(EmbeddingInputType.QUERY));
    assertSame(found, request(texts).inputType(EmbeddingInputType.DOCUMENT));
    assertEquals(384, model.dimension());
    assertEquals("e5-small", model.modelName());
    assertEquals(List.of(), model.embedAll(List.of()).content());
  }

  private static EmbeddingRequest.Builder request(List<String> texts) {
    return EmbeddingRequest.builder().textSegments(texts.stream().map(TextSegment::from).toList());
  }

  private static void assertSame(FloatMatrix expected, EmbeddingRequest.Builder request) {
    List<Embedding> found = model.embed(request.build()).embeddings();
    assertEquals(expected.rows(), found.size());
    for (int i = 0; i < expected.rows(); i++) {
      assertArrayEquals(expected.row(i), found.get(i).vector(), 1e-6f);
    }
  }

  @Test
  void sixtyFourThreadsGetTheirOwnVectors() throws Exception {
    List<String> texts = IntStream.range(0, THREADS).mapToObj(i -> "text number " + i).toList();
    FloatMatrix expected = model.encoder().encode(texts);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<float[]>> tasks = new ArrayList<>();
      texts.forEach(text -> tasks.add(() -> model.embed(text).content().vector()));
      List<Future<float[]>> found = threads.invokeAll(tasks);
      for (int i = 0; i < THREADS; i++) {
        assertArrayEquals(expected.row(i), found.get(i).get(), 1e-6f);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void refusalsAreOneLine() {
    EncoderEmbeddingModel closed = EncoderEmbeddingModel.open(Zoo.in(cache), "minilm");
    closed.close();
    closed.close();
    var late = assertThrows(StitchException.class, () -> closed.embed("too late"));
    assertEquals("encoder 'minilm' is closed; open it again to encode", late.getMessage());
    var unknown =
        assertThrows(
            StitchException.class, () -> EncoderEmbeddingModel.open(Zoo.in(cache), "minlm"));
    assertTrue(unknown.getMessage().contains("did you mean 'minilm'?"), unknown.getMessage());
  }
}
