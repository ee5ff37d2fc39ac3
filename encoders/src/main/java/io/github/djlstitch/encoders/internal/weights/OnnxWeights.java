// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.ForeignFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights inside an ONNX export of a Hugging Face model, under their checkpoint names. The file
 * is mapped and never copied; the graph is not run.
 *
 * <p>Exports keep the names of biases, norms and embeddings. A linear weight is anonymous and lies
 * transposed, (in, out); its name is that of the MatMul node that reads it.
 */
public final class OnnxWeights implements WeightSource {
  // Field numbers of onnx.proto: ModelProto, GraphProto, NodeProto, TensorProto.
  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int NODE_INPUT = 1;
  private static final int NODE_NAME = 3;
  private static final int NODE_OPERATOR = 4;
  private static final int TENSOR_DIMS = 1;
  private static final int TENSOR_TYPE = 2;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_RAW = 9;
  private static final long TYPE_FLOAT = 1;
  private static final int MOST_DIMENSIONS = 64; // as of safetensors

  private final Path file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(Shape stored, ByteBuffer bytes, boolean transposed) {
    Shape shape() {
      return transposed ? new Shape(stored.get(1), stored.get(0)) : stored;
    }
  }

  private OnnxWeights(Path file) {
    this.file = file;
  }

  /**
   * Maps the file.
   *
   * @throws StitchException (bad input) if it is not a whole ONNX file below 2 GiB
   */
  public static OnnxWeights map(Path file) {
    return read(file, mapped(file));
  }

  /** The bytes of a file, mapped. */
  static ByteBuffer mapped(Path file) {
    ForeignFormat.requireFetched(file, "an ONNX file");
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw StitchException.badInput(
            "'%s' has %d bytes; ONNX files are read up to 2 GiB", file, channel.size());
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    } catch (IOException e) {
      throw StitchException.badInput("cannot read '%s': %s", file, e.getMessage()).because(e);
    }
  }

  /** Reads the bytes of a file; tensors stay slices of them, so they must be direct to be used. */
  static OnnxWeights read(Path file, ByteBuffer bytes) {
    var weights = new OnnxWeights(file);
    weights.readModel(new Protobuf(file, bytes));
    return weights;
  }

  @Override
  public Set<String> names() {
    return entries.keySet();
  }

  @Override
  public Shape shape(String name) {
    return entry(name).shape();
  }

  @Override
  public NDArray tensor(NDManager manager, String name) {
    Entry entry = entry(name);
    NDArray stored = manager.create(entry.bytes(), entry.stored(), DataType.FLOAT32); // (in, out)
    return entry.transposed() ? stored.transpose() : stored;
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw StitchException.badInput("'%s' has no tensor '%s'", file, name);
    }
    return entry;
  }

  private void readModel(Protobuf model) {
    while (model.next()) {
      if (model.field() == MODEL_GRAPH) {
        readGraph(model.message());
      } else {
        model.skip();
      }
    }
    if (entries.isEmpty()) {
      throw StitchException.badInput("'%s' holds no float32 weights; is it an ONNX file?", file);
    }
  }

  private void readGraph(Protobuf graph) {
    Map<String, String> linear = new HashMap<>();
    Map<String, Entry> tensors = new LinkedHashMap<>();
    while (graph.next()) {
      switch (graph.field()) {
        case GRAPH_NODE -> readNode(graph.message(), linear);
        case GRAPH_INITIALIZER -> readTensor(graph.message(), tensors);
        default -> graph.skip();
      }
    }
    tensors.forEach((name, entry) -> place(name, entry, linear));
  }

  private void place(String name, Entry entry, Map<String, String> linear) {
    String weight = linear.get(name);
    if (weight == null) {
      entries.put(name, entry);
    } else if (entry.stored().dimension() == 2) {
      entries.put(weight, new Entry(entry.stored(), entry.bytes(), true));
    }
  }

  private static void readNode(Protobuf node, Map<String, String> linear) {
    List<String> inputs = new ArrayList<>();
    String name = "";
    String operator = "";
    while (node.next()) {
      switch (node.field()) {
        case NODE_INPUT -> inputs.add(node.text());
        case NODE_NAME -> name = node.text();
        case NODE_OPERATOR -> operator = node.text();
        default -> node.skip();
      }
    }
    if ("MatMul".equals(operator) && inputs.size() == 2 && name.endsWith("/MatMul")) {
      linear.put(inputs.get(1), checkpointName(name));
    }
  }

  // "/encoder/layer.0/output/dense/MatMul" reads "encoder.layer.0.output.dense.weight".
  private static String checkpointName(String node) {
    String path = node.substring(0, node.length() - "/MatMul".length());
    return (path.startsWith("/") ? path.substring(1) : path).replace('/', '.') + ".weight";
  }

  private void readTensor(Protobuf tensor, Map<String, Entry> tensors) {
    List<Long> dims = new ArrayList<>();
    long type = 0;
    String name = "";
    ByteBuffer raw = ByteBuffer.allocate(0);
    while (tensor.next()) {
      switch (tensor.field()) {
        case TENSOR_DIMS -> readDims(tensor, dims);
        case TENSOR_TYPE -> type = tensor.varint();
        case TENSOR_NAME -> name = tensor.text();
        case TENSOR_RAW -> raw = tensor.slice();
        default -> tensor.skip();
      }
    }
    if (type == TYPE_FLOAT && !dims.isEmpty()) {
      tensors.put(name, new Entry(checkedShape(name, dims, raw.remaining()), raw, false));
    }
  }

  private static void readDims(Protobuf tensor, List<Long> dims) {
    if (!tensor.isBytes()) {
      dims.add(tensor.varint());
      return;
    }
    Protobuf packed = tensor.message();
    while (!packed.atEnd() && dims.size() <= MOST_DIMENSIONS) {
      dims.add(packed.varint());
    }
  }

  private Shape checkedShape(String name, List<Long> dims, int bytes) {
    if (dims.size() > MOST_DIMENSIONS) {
      throw StitchException.badInput(
          "'%s': tensor '%s' has more than %d dimensions; get the file again",
          file, name, MOST_DIMENSIONS);
    }
    long size = Float.BYTES;
    for (long dim : dims) {
      size = dim < 0 || dim > bytes ? -1 : size * dim;
      if (size < 0 || size > bytes) {
        break;
      }
    }
    if (size != bytes) {
      throw StitchException.badInput(
          "'%s': tensor '%s' of shape %s does not fit its %d bytes; get the file again",
          file, name, dims, bytes);
    }
    return new Shape(dims);
  }
}
