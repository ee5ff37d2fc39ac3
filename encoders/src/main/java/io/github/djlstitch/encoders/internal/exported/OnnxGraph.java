// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.exported;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.encoders.internal.weights.OnnxExternalData;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * An ONNX graph in ONNX Runtime, on the CPU. Only the operators that the runtime itself brings can
 * be used: no library of others is ever registered.
 */
final class OnnxGraph implements ExportedGraph {
  private final Path file;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxGraph(Path file, OrtEnvironment environment, OrtSession session) {
    this.file = file;
    this.environment = environment;
    this.session = session;
  }

  /**
   * Loads a graph.
   *
   * @param manager frees it; also proves that DJL's engine was started first, which ONNX Runtime
   *     would keep from starting
   */
  static OnnxGraph open(Path file, NDManager manager) {
    OnnxExternalData.of(file); // refuses what would be read elsewhere
    var environment = OrtEnvironment.getEnvironment();
    try (var options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR); // it writes to stderr
      OrtSession session = environment.createSession(file.toString(), options);
      manager.attachInternal(UUID.randomUUID().toString(), session);
      return new OnnxGraph(file, environment, session);
    } catch (OrtException e) {
      throw StitchException.badInput(
              "ONNX Runtime %s cannot load '%s': %s", environment.getVersion(), file, reason(e))
          .because(e);
    }
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public NDList run(NDList inputs, Set<String> outputs) {
    long rows = inputs.head().getShape().get(0);
    if (rows > 1 && inputInfo().values().stream().anyMatch(info -> info.getShape()[0] == 1)) {
      return oneByOne(inputs, rows, outputs);
    }
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (NDArray input : inputs) {
        tensors.put(input.getName(), tensor(input));
      }
      Set<String> wanted = outputs.isEmpty() ? session.getOutputNames() : outputs;
      try (OrtSession.Result result = session.run(tensors, wanted)) {
        return floats(result, inputs.head().getManager());
      }
    } catch (OrtException e) {
      throw StitchException.badInput(
              "ONNX Runtime could not run '%s' on inputs of shape %s: %s",
              file, inputs.head().getShape(), reason(e))
          .because(e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  // Some graphs are exported for one sample at a time.
  private NDList oneByOne(NDList inputs, long rows, Set<String> outputs) {
    List<NDList> results = new ArrayList<>();
    for (long i = 0; i < rows; i++) {
      NDList row = new NDList(); // inputs (1, ...)
      for (NDArray input : inputs) {
        NDArray part = input.get(i + ":" + (i + 1)); // (1, ...)
        part.setName(input.getName());
        row.add(part);
      }
      results.add(run(row, outputs));
    }
    NDList whole = new NDList(); // outputs (B, ...)
    for (int k = 0; k < results.get(0).size(); k++) {
      NDList parts = new NDList(); // (1, ...) each
      for (NDList result : results) {
        parts.add(result.get(k));
      }
      NDArray joined = NDArrays.concat(parts); // (B, ...)
      joined.setName(parts.head().getName());
      whole.add(joined);
    }
    return whole;
  }

  /** The inputs that are tensors. */
  Map<String, TensorInfo> inputInfo() {
    Map<String, TensorInfo> inputs = new LinkedHashMap<>();
    try {
      for (NodeInfo input : session.getInputInfo().values()) {
        if (!(input.getInfo() instanceof TensorInfo info) || info.getShape().length == 0) {
          throw StitchException.badInput(
              "'%s' has the input '%s', which is not a tensor with a batch dimension",
              file, Printable.of(input.getName()));
        }
        inputs.put(input.getName(), info);
      }
      return inputs;
    } catch (OrtException e) {
      throw new IllegalStateException("an open session knows its inputs", e);
    }
  }

  private OnnxTensor tensor(NDArray input) throws OrtException {
    long[] shape = input.getShape().getShape();
    OnnxJavaType type =
        Objects.requireNonNull(inputInfo().get(input.getName()), input.getName()).type;
    if (input.getDataType() == DataType.INT64) {
      long[] values = input.toLongArray();
      return switch (type) {
        case INT64 -> OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
        case INT32 -> OnnxTensor.createTensor(environment, IntBuffer.wrap(ints(values)), shape);
        default -> throw wrongType(input.getName(), type, "int64");
      };
    }
    if (type != OnnxJavaType.FLOAT) {
      throw wrongType(input.getName(), type, "float32");
    }
    return OnnxTensor.createTensor(environment, input.toByteBuffer().asFloatBuffer(), shape);
  }

  private StitchException wrongType(String input, OnnxJavaType type, String expected) {
    return StitchException.badInput(
        "'%s' requires input '%s' as %s, expected %s; export it again in float32",
        file, Printable.of(input), type, expected);
  }

  private static int[] ints(long[] values) {
    int[] ints = new int[values.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = Math.toIntExact(values[i]);
    }
    return ints;
  }

  private static NDList floats(OrtSession.Result result, NDManager manager) {
    NDList outputs = new NDList(); // (B, ...)
    for (Map.Entry<String, OnnxValue> entry : result) {
      if (entry.getValue() instanceof OnnxTensor tensor
          && tensor.getInfo().type == OnnxJavaType.FLOAT) {
        Shape shape = new Shape(tensor.getInfo().getShape());
        NDArray array =
            manager.create(tensor.getFloatBuffer(), shape, DataType.FLOAT32); // (B, ...)
        array.setName(entry.getKey());
        outputs.add(array);
      }
    }
    return outputs;
  }

  private static String reason(OrtException e) {
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return first.replaceAll("\\p{Cntrl}", "?");
  }
}
