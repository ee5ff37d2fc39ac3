// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.script;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes what a TorchScript archive's {@code data.pkl} needs of Python's pickle protocol 2: modules
 * with their attributes, and tensors whose values lie in files of their own.
 */
final class Pickle {
  private static final int PROTOCOL = 0x80;
  private static final int MARK = '(';
  private static final int EMPTY_TUPLE = ')';
  private static final int TUPLE = 't';
  private static final int EMPTY_DICT = '}';
  private static final int SET_ITEMS = 'u';
  private static final int UNICODE = 'X';
  private static final int INTEGER = 'J';
  private static final int FALSE = 0x89;
  private static final int GLOBAL = 'c';
  private static final int NEW_OBJECT = 0x81;
  private static final int BUILD = 'b';
  private static final int REDUCE = 'R';
  private static final int PERSISTENT_ID = 'Q';
  private static final int STOP = '.';

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Pickle() {
    out.write(PROTOCOL);
    out.write(2);
  }

  /** Begins an object of a class of the archive; attributes follow, then {@link #endModule}. */
  void beginModule(String type) {
    global("__torch__", type);
    out.write(EMPTY_TUPLE);
    out.write(NEW_OBJECT);
    out.write(EMPTY_DICT);
    out.write(MARK);
    text("training");
    out.write(FALSE);
  }

  /** The name of an attribute, whose value follows. */
  void attribute(String name) {
    text(name);
  }

  void endModule() {
    out.write(SET_ITEMS);
    out.write(BUILD);
  }

  /** A float32 tensor whose values are in the file {@code data/KEY}. */
  void tensor(ScriptTensor tensor, String key) {
    global("torch._utils", "_rebuild_tensor_v2");
    out.write(MARK);
    storage(key, tensor.size());
    integer(0); // its offset in the storage
    numbers(tensor.shape());
    numbers(strides(tensor.shape()));
    out.write(FALSE); // requires no gradient
    global("collections", "OrderedDict");
    out.write(EMPTY_TUPLE);
    out.write(REDUCE);
    out.write(TUPLE);
    out.write(REDUCE);
  }

  byte[] finish() {
    out.write(STOP);
    return out.toByteArray();
  }

  private void storage(String key, long size) {
    out.write(MARK);
    text("storage");
    global("torch", "FloatStorage");
    text(key);
    text("cpu");
    integer(size);
    out.write(TUPLE);
    out.write(PERSISTENT_ID);
  }

  private static List<Long> strides(List<Long> shape) {
    Long[] strides = new Long[shape.size()];
    long step = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= shape.get(i);
    }
    return List.of(strides);
  }

  private void numbers(List<Long> values) {
    out.write(MARK);
    values.forEach(this::integer);
    out.write(TUPLE);
  }

  private void integer(long value) {
    out.write(INTEGER);
    fixed(Math.toIntExact(value));
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(UNICODE);
    fixed(bytes.length);
    out.writeBytes(bytes);
  }

  private void global(String module, String name) {
    out.write(GLOBAL);
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void fixed(int value) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }
}
