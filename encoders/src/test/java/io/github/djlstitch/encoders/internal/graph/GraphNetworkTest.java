// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.encoders.internal.graph.GraphNetworkOptions.Nonlinearity;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("processor")
class GraphNetworkTest {
  private static final float CLOSE = 2e-5f;

  private record Golden(JsonObject all) {
    static Golden read() throws IOException {
      try (var in = GraphNetworkTest.class.getResourceAsStream("/graph/networks.expected.json");
          var reader = new InputStreamReader(Objects.requireNonNull(in), UTF_8)) {
        return new Golden(JsonParser.parseReader(reader).getAsJsonObject());
      }
    }

    Graph graph() {
      JsonArray words = all.getAsJsonArray("words");
      int[] starts = new int[words.size() + 1];
      int[] columns = new int[0];
      for (int i = 0; i < words.size(); i++) {
        int[] row = ints(words.get(i));
        starts[i + 1] = starts[i] + row.length;
        columns = Arrays.copyOf(columns, starts[i + 1]);
        System.arraycopy(row, 0, columns, starts[i], row.length);
      }
      float[] ones = new float[columns.length];
      Arrays.fill(ones, 1);
      var features = SparseMatrix.of(all.get("features").getAsInt(), starts, columns, ones);
      JsonArray edges = all.getAsJsonArray("edges");
      int[] sources = new int[edges.size()];
      int[] targets = new int[edges.size()];
      for (int e = 0; e < sources.length; e++) {
        sources[e] = ints(edges.get(e))[0];
        targets[e] = ints(edges.get(e))[1];
      }
      return Graph.of(features.rowsToSumOne(), sources, targets);
    }

    private static int[] ints(JsonElement array) {
      return array.getAsJsonArray().asList().stream().mapToInt(JsonElement::getAsInt).toArray();
    }
  }

  private static float[] floats(JsonElement array) {
    float[] values = new float[array.getAsJsonArray().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.getAsJsonArray().get(i).getAsFloat();
    }
    return values;
  }

  private static GraphNetworkOptions options(JsonObject golden) {
    return new GraphNetworkOptions(
        Convolution.named(golden.get("kind").getAsString()),
        3,
        4,
        nonlinearity(golden.get("hidden")),
        nonlinearity(golden.get("between")),
        0);
  }

  private static Nonlinearity nonlinearity(JsonElement name) {
    return Nonlinearity.valueOf(name.getAsString().toUpperCase(Locale.ROOT));
  }

  private static GraphNetwork network(
      GraphNetworkOptions options, int features, int outputs, long seed, NDManager manager) {
    var network = GraphNetwork.of(options, features, outputs, seed);
    network.initialize(manager, DataType.FLOAT32, new Shape(1));
    return network;
  }

  // The golden loss: the sum of outputs times sines of their places.
  private static NDArray loss(NDArray output) {
    NDArray places = output.getManager().arange((float) output.size()).reshape(output.getShape());
    return output.mul(places.sin()).sum();
  }

  private static float[] gradient(GraphNetwork network, String name) {
    return network.getParameters().get(name).getArray().getGradient().toFloatArray();
  }

  @Test
  void equalsThePublishedFormulasForwardAndBackward() throws IOException {
    Golden golden = Golden.read();
    for (JsonElement element : golden.all().getAsJsonArray("cases")) {
      for (boolean fused : new boolean[] {true, false}) {
        checkCase(golden, element.getAsJsonObject(), fused);
      }
    }
  }

  private static void checkCase(Golden golden, JsonObject expected, boolean fused) {
    try (NDManager manager = TensorBridge.newManager()) {
      GraphNetworkOptions options = options(expected);
      GraphNetwork network = network(options, 5, 3, 0, manager);
      var values = expected.getAsJsonObject("parameters");
      assertEquals(values.keySet(), Set.copyOf(network.getParameters().keys()));
      for (String name : values.keySet()) {
        NDArray array = network.getParameters().get(name).getArray();
        try (NDArray given = manager.create(floats(values.get(name)), array.getShape())) {
          given.copyTo(array);
        }
      }
      var tensors = GraphTensors.of(golden.graph(), options.convolution(), manager);
      float[] output =
          backward(network, tensors, fused ? GraphTraining.of(network, tensors, manager) : null);
      String what = expected.get("kind") + (fused ? " in closed form" : " by autograd");
      assertArrayEquals(floats(expected.get("output")), output, CLOSE, what);
      var gradients = expected.getAsJsonObject("gradients");
      for (String name : gradients.keySet()) {
        assertArrayEquals(
            floats(gradients.get(name)), gradient(network, name), 10 * CLOSE, what + " " + name);
      }
    }
  }

  private static float[] backward(
      GraphNetwork network, GraphTensors graph, @Nullable GraphTraining training) {
    try (NDManager scope = TensorBridge.newManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      var store = new ParameterStore(scope, false);
      NDArray output =
          training == null
              ? network.forward(store, graph.list(), true).head()
              : training.forward(store, scope, 1);
      NDArray loss = loss(output);
      if (training != null) {
        NDArray attached = training.attach(store, scope, loss);
        assertEquals(loss.getFloat(), attached.getFloat());
        loss = attached;
      }
      collector.backward(loss);
      return output.toFloatArray();
    }
  }

  @Test
  void evaluationIsTrainingWithoutDropout() throws IOException {
    Golden golden = Golden.read();
    var options = GraphNetworkOptions.gcnii(3, 8);
    var without =
        new GraphNetworkOptions(
            options.convolution(), 3, 8, Nonlinearity.RELU, Nonlinearity.RELU, 0);
    try (NDManager manager = TensorBridge.newManager()) {
      var graph = GraphTensors.of(golden.graph(), Convolution.GCNII, manager);
      var store = new ParameterStore(manager, false);
      var a = network(options, 5, 3, 4, manager).forward(store, graph.list(), false).head();
      var b = network(without, 5, 3, 4, manager);
      var trained = GraphTraining.of(b, graph, manager).forward(store, manager, 0);
      assertArrayEquals(a.toFloatArray(), trained.toFloatArray(), 1e-6f);
    }
  }

  @Test
  void dropoutDependsOnItsSeedAlone() throws IOException {
    Golden golden = Golden.read();
    try (NDManager manager = TensorBridge.newManager()) {
      var graph = GraphTensors.of(golden.graph(), Convolution.GCNII, manager);
      var network = network(GraphNetworkOptions.gcnii(3, 8), 5, 3, 4, manager);
      var training = GraphTraining.of(network, graph, manager);
      var store = new ParameterStore(manager, false);
      Function<Long, float[]> output =
          seed -> training.forward(store, manager, seed).toFloatArray();
      float[] first = output.apply(1L);
      assertNotEquals(Arrays.toString(first), Arrays.toString(output.apply(2L)));
      assertArrayEquals(first, output.apply(1L));
    }
  }

  @Test
  void maskKeepsTheShareThatDropoutLeaves() {
    try (NDManager manager = TensorBridge.newManager()) {
      for (double dropout : new double[] {0, 0.1, 0.5, 0.77}) {
        var mask = DropoutMask.of(manager, new Shape(101, 997), dropout);
        mask.draw(3);
        double kept = mask.array().toType(DataType.FLOAT32, true).mean().getFloat();
        assertEquals(1 - dropout, kept, 0.006, "dropout " + dropout);
        assertTrue(mask.array().max().toUint8Array()[0] <= 1);
      }
    }
  }

  @Test
  void graphLeavesOutLoopsAndRepeatedEdges() {
    var features = SparseMatrix.of(1, new int[] {0, 1, 1, 1}, new int[] {0}, new float[] {1});
    Graph graph = Graph.of(features, new int[] {0, 1, 2, 1, 0}, new int[] {1, 0, 2, 2, 1});
    assertEquals(2, graph.edges());
    assertArrayEquals(new int[] {0, 2}, graph.neighbors(1));
    float half = (float) (1 / Math.sqrt(2));
    assertArrayEquals(new float[] {half, half}, graph.normalizedAdjacency(false).values(1), 1e-7f);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    var features = SparseMatrix.of(1, new int[] {0, 1}, new int[] {0}, new float[] {1});
    assertThrows(StitchException.class, () -> Graph.of(features, new int[] {0}, new int[] {1}));
    assertThrows(
        StitchException.class,
        () -> SparseMatrix.of(1, new int[] {0, 2}, new int[] {0}, new float[] {1}));
    assertThrows(
        StitchException.class,
        () -> SparseMatrix.of(3, new int[] {0, 2}, new int[] {1, 1}, new float[] {1, 1}));
    assertThrows(StitchException.class, () -> Convolution.named("gat"));
    assertThrows(StitchException.class, () -> GraphNetworkOptions.gcnii(0, 64));
    try (NDManager manager = TensorBridge.newManager()) {
      var graph =
          GraphTensors.of(Graph.of(features, new int[0], new int[0]), Convolution.GIN, manager);
      var network = network(GraphNetworkOptions.gcnii(1, 2), 1, 2, 0, manager);
      assertThrows(StitchException.class, () -> GraphTraining.of(network, graph, manager));
    }
  }
}
