// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.text.TextTokenizer;
import io.github.djlstitch.encoders.options.NumberType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextEncoderTest {
  private static final float TOLERANCE = 1e-6f;

  private final List<String> texts = Texts.random(64, 3);
  private TextEncoder encoder;
  private FloatMatrix expected;

  @BeforeAll
  void open() {
    encoder = EmbeddedModel.MINILM.open(NumberType.FLOAT32, 32);
    expected = encoder.encode(texts); // (64, D)
  }

  @AfterAll
  void close() {
    encoder.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64})
  void batchesChangeNothing(int batch) {
    try (TextEncoder other = EmbeddedModel.MINILM.open(NumberType.FLOAT32, batch)) {
      assertClose(expected, other.encode(texts));
    }
  }

  @Test
  void independentVectorsInBfloat16AreTheSameInAnyCompany() {
    try (TextEncoder rounded = EmbeddedModel.MINILM.open(NumberType.BFLOAT16, 16)) {
      Texts.assertIndependent(rounded.independent());
    }
  }

  @Test
  void orderChangesNothing() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(5));
    int[] rows = order.stream().mapToInt(Integer::intValue).toArray();
    assertClose(expected.select(rows), encoder.encode(order.stream().map(texts::get).toList()));
  }

  @Test
  void threadsOfTheEngineChangeNothing() {
    int before = JniUtils.getNumThreads();
    try {
      JniUtils.setNumThreads(before == 1 ? 2 : 1);
      assertClose(expected, encoder.encode(texts));
    } finally {
      JniUtils.setNumThreads(before);
    }
  }

  @Test
  void callersMayShareIt() throws Exception {
    var pool = Executors.newFixedThreadPool(4);
    try {
      Callable<FloatMatrix> call = () -> encoder.encode(texts);
      for (Future<FloatMatrix> result : pool.invokeAll(Collections.nCopies(8, call))) {
        assertClose(expected, result.get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void noTextsGiveNoRows() {
    FloatMatrix none = encoder.encode(List.of());
    assertEquals(0, none.rows());
    assertEquals(384, none.columns());
  }

  @Test
  void aBatchNeedsAText() {
    var e =
        assertThrows(StitchException.class, () -> EmbeddedModel.MINILM.open(NumberType.FLOAT32, 0));
    assertTrue(e.getMessage().contains("at least 1 text"), e.getMessage());
  }

  // Every batch has its own shape, as in real use, so that whatever is kept per shape is seen, too.
  @Test
  @EnabledOnOs(OS.LINUX)
  void aThousandBatchesLeaveNothingBehind() throws IOException {
    for (int i = 0; i < 200; i++) {
      encoder.encode(batch(i));
    }
    String managed = managed();
    assertTrue(managed.contains("resource count: "), managed);
    long before = residentMegabytes();
    for (int i = 0; i < 1000; i++) {
      encoder.encode(batch(i));
    }
    assertEquals(managed, managed());
    long grown = residentMegabytes() - before;
    assertTrue(grown < 64, "1,000 batches took " + grown + " MB more memory");
  }

  @Test
  void theBlockComposes() {
    var chain = new SequentialBlock().add(encoder.block()).addSingleton(x -> x.mul(2)); // (B, D)
    NDArray parameter = encoder.block().getParameters().valueAt(0).getArray();
    try (NDManager scope = parameter.getManager().newSubManager();
        TextTokenizer tokenizer = EmbeddedModel.MINILM.tokenizer()) {
      NDList inputs = inputs(scope, tokenizer.ids(texts.subList(0, 4)));
      NDArray doubled = chain.forward(new ParameterStore(scope, false), inputs, false).head();
      float[] values = doubled.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        float value = expected.get(i / expected.columns(), i % expected.columns());
        assertEquals(2 * value, values[i], 2 * TOLERANCE);
      }
    }
  }

  @Test
  void whatLiesAboveTheBlockCanLearn() {
    NDArray parameter = encoder.block().getParameters().valueAt(0).getArray();
    try (NDManager scope = parameter.getManager().newSubManager();
        TextTokenizer tokenizer = EmbeddedModel.MINILM.tokenizer()) {
      Linear head = Linear.builder().setUnits(1).optBias(false).build();
      head.initialize(scope, DataType.FLOAT32, new Shape(2, encoder.dimension()));
      NDArray weight = head.getParameters().valueAt(0).getArray(); // (1, D)
      weight.setRequiresGradient(true);
      NDList inputs = inputs(scope, tokenizer.ids(texts.subList(0, 2)));
      var store = new ParameterStore(scope, false);
      try (GradientCollector gradients = scope.getEngine().newGradientCollector()) {
        NDList vectors = encoder.block().forward(store, inputs, true); // (2, D)
        gradients.backward(head.forward(store, vectors, true).head().sum());
      }
      float[] gradient = weight.getGradient().toFloatArray();
      for (int j = 0; j < gradient.length; j++) {
        assertEquals(expected.get(0, j) + expected.get(1, j), gradient[j], 1e-5f);
      }
    }
  }

  @Test
  void onceClosedItRefuses() {
    TextEncoder closed = EmbeddedModel.MINILM.open(NumberType.FLOAT32, 8);
    closed.encode(List.of("open"));
    closed.close();
    closed.close();
    assertThrows(RuntimeException.class, () -> closed.encode(List.of("closed")));
  }

  private static NDList inputs(NDManager scope, long[][] ids) {
    int tokens = Arrays.stream(ids).mapToInt(s -> s.length).max().orElse(0);
    long[] padded = new long[ids.length * tokens];
    long[] mask = new long[ids.length * tokens];
    for (int i = 0; i < ids.length; i++) {
      System.arraycopy(ids[i], 0, padded, i * tokens, ids[i].length);
      Arrays.fill(mask, i * tokens, i * tokens + ids[i].length, 1);
    }
    var shape = new Shape(ids.length, tokens);
    return new NDList(scope.create(padded, shape), scope.create(mask, shape)); // (B, T)
  }

  private static List<String> batch(int i) {
    return Collections.nCopies(1 + i % 3, "word ".repeat(i % 17));
  }

  // All managers below the encoder's and how many arrays each holds; DJL only prints it.
  private String managed() {
    NDArray parameter = encoder.block().getParameters().valueAt(0).getArray();
    PrintStream before = System.out;
    var dump = new ByteArrayOutputStream();
    System.setOut(new PrintStream(dump, true, StandardCharsets.UTF_8));
    try {
      ((BaseNDManager) parameter.getManager()).debugDump(0);
    } finally {
      System.setOut(before);
    }
    return dump.toString(StandardCharsets.UTF_8);
  }

  private static long residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("no VmRSS");
  }

  private static void assertClose(FloatMatrix expected, FloatMatrix actual) {
    assertEquals(expected.rows(), actual.rows());
    for (int i = 0; i < expected.rows(); i++) {
      assertArrayEquals(expected.row(i), actual.row(i), TOLERANCE);
    }
  }
}
