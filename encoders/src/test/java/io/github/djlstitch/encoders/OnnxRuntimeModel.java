// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.djlstitch.encoders.options.Pooling;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The same ONNX file run by ONNX Runtime, the control for our own BERT. */
public final class OnnxRuntimeModel implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession.SessionOptions options;
  private final OrtSession session;
  private final EmbeddedModel model;

  /** Loads the model on so many threads. */
  public OnnxRuntimeModel(EmbeddedModel model, int threads) throws OrtException {
    this.model = model;
    this.options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    this.session = environment.createSession(model.onnx().toString(), options);
  }

  /** Ids and mask (B, T) on the side of ONNX Runtime; the caller closes the values. */
  public Map<String, OnnxTensor> inputs(long[] ids, long[] mask, int rows) throws OrtException {
    long[] shape = {rows, ids.length / rows};
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    inputs.put("input_ids", OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape));
    inputs.put(
        "attention_mask", OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape));
    LongBuffer types = LongBuffer.wrap(new long[ids.length]);
    inputs.put("token_type_ids", OnnxTensor.createTensor(environment, types, shape));
    return inputs;
  }

  /** Runs the network: the states of all tokens. The caller closes the result. */
  public OrtSession.Result run(Map<String, OnnxTensor> inputs) throws OrtException {
    return session.run(inputs);
  }

  /** The pooled vector of unit length of one text, alone in its batch. */
  public float[] vector(long[] ids) throws OrtException {
    long[] mask = new long[ids.length];
    Arrays.fill(mask, 1);
    Map<String, OnnxTensor> inputs = inputs(ids, mask, 1);
    try (var result = run(inputs)) {
      return pooled(((OnnxTensor) result.get(0)).getFloatBuffer(), ids.length);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private float[] pooled(FloatBuffer states, int tokens) {
    int width = model.config().width();
    int used = model.pooling() == Pooling.CLS ? 1 : tokens;
    double[] sum = new double[width];
    for (int i = 0; i < used * width; i++) {
      sum[i % width] += states.get(i);
    }
    double norm = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
    float[] vector = new float[width];
    for (int j = 0; j < width; j++) {
      vector[j] = (float) (sum[j] / norm);
    }
    return vector;
  }

  @Override
  public void close() throws OrtException {
    session.close();
    options.close();
  }
}
