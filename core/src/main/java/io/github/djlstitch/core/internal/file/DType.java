// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import java.util.Optional;

/**
 * The element types of the safetensors format, spelled as in its headers. Types below one byte (F4,
 * F6) are missing on purpose: their tensors may end within a byte.
 */
public enum DType {
  BOOL(1),
  U8(1),
  I8(1),
  F8_E5M2(1),
  F8_E4M3(1),
  F8_E8M0(1),
  F8_E4M3FNUZ(1),
  F8_E5M2FNUZ(1),
  I16(2),
  U16(2),
  F16(2),
  BF16(2),
  I32(4),
  U32(4),
  F32(4),
  I64(8),
  U64(8),
  F64(8),
  /** Two F32, real part first. */
  C64(8);

  private final int size;

  DType(int size) {
    this.size = size;
  }

  /** Bytes of one element. */
  public int size() {
    return size;
  }

  /** The type of this name, case-sensitive. */
  static Optional<DType> named(String name) {
    for (DType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
