// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes protobuf messages by field number, as far as an ONNX file needs. */
public final class OnnxBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A model of one graph. */
  public static byte[] model(OnnxBytes graph) {
    return new OnnxBytes().number(1, 8).bytes(7, graph.toBytes()).toBytes();
  }

  /** A node that multiplies the states by a weight. */
  static OnnxBytes matMul(String name, String weight) {
    return new OnnxBytes()
        .text(1, "x")
        .text(1, weight)
        .text(2, "y")
        .text(3, name)
        .text(4, "MatMul");
  }

  /** A float32 tensor with raw data. */
  public static OnnxBytes tensor(String name, long[] dims, float... values) {
    var tensor = new OnnxBytes();
    for (long dim : dims) {
      tensor.number(1, dim);
    }
    ByteBuffer raw = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return tensor.number(2, 1).text(8, name).bytes(9, raw.array());
  }

  /** Adds a node to a graph. */
  public OnnxBytes node(OnnxBytes node) {
    return bytes(1, node.toBytes());
  }

  /** Adds a tensor to a graph. */
  public OnnxBytes initializer(OnnxBytes tensor) {
    return bytes(5, tensor.toBytes());
  }

  /** A field that is a number. */
  public OnnxBytes number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  /** A field that is a text. */
  public OnnxBytes text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A field that is bytes or a message. */
  public OnnxBytes bytes(int field, byte[] bytes) {
    varint(((long) field << 3) | 2);
    varint(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  /** Fields that were written before. */
  public OnnxBytes raw(byte[] fields) {
    out.writeBytes(fields);
    return this;
  }

  /** Bytes as they are, well formed or not. */
  OnnxBytes raw(int... values) {
    for (int value : values) {
      out.write(value);
    }
    return this;
  }

  /** The message so far. */
  public byte[] toBytes() {
    return out.toByteArray();
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
