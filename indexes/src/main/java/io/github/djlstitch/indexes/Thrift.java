// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Writes structs in Thrift's compact protocol, in which Parquet has its headers and its footer. */
final class Thrift {
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Deque<Integer> fields = new ArrayDeque<>();
  private int last;

  /** The bytes of the outermost struct, which is ended. */
  byte[] bytes() {
    out.write(0);
    return out.toByteArray();
  }

  Thrift i32(int field, int value) {
    return header(field, I32).zigzag(value);
  }

  Thrift i64(int field, long value) {
    return header(field, I64).zigzag(value);
  }

  Thrift text(int field, String value) {
    return header(field, BINARY).binary(value);
  }

  Thrift texts(int field, List<String> values) {
    header(field, LIST).listHeader(BINARY, values.size());
    values.forEach(this::binary);
    return this;
  }

  Thrift i32s(int field, int... values) {
    header(field, LIST).listHeader(I32, values.length);
    for (int value : values) {
      zigzag(value);
    }
    return this;
  }

  /** Begins a list of structs; each is begun by {@link #element}. */
  Thrift structs(int field, int size) {
    return header(field, LIST).listHeader(STRUCT, size);
  }

  Thrift element() {
    fields.push(last);
    last = 0;
    return this;
  }

  /** Begins a struct that is a field. */
  Thrift struct(int field) {
    return header(field, STRUCT).element();
  }

  /** Ends a struct that is a field or an element. */
  Thrift end() {
    out.write(0);
    last = fields.pop();
    return this;
  }

  /** The number in groups of seven bits, least first. */
  static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private Thrift header(int field, int type) {
    out.write(((field - last) << 4) | type); // fields are written in order, less than 16 apart
    last = field;
    return this;
  }

  private Thrift listHeader(int type, int size) {
    if (size < 15) {
      out.write((size << 4) | type);
    } else {
      out.write(0xf0 | type);
      varint(out, size);
    }
    return this;
  }

  private Thrift binary(String value) {
    byte[] bytes = value.getBytes(UTF_8);
    varint(out, bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  private Thrift zigzag(long value) {
    varint(out, (value << 1) ^ (value >> 63));
    return this;
  }
}
