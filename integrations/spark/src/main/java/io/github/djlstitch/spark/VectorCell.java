// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A row's vector, or the reason why it has none. A bean, as Spark hands arrays of numbers to beans
 * without an object for each number; public, as Spark's generated code is in another package.
 */
public final class VectorCell implements Serializable {
  private static final long serialVersionUID = 1L;

  private float @Nullable [] values;
  private @Nullable String error;

  /** An empty one, for Spark. */
  public VectorCell() {}

  static VectorCell of(float[] values) {
    var cell = new VectorCell();
    cell.values = values;
    return cell;
  }

  static VectorCell without(String reason) {
    var cell = new VectorCell();
    cell.error = reason;
    return cell;
  }

  /** Why this is no vector of that width, in a few words; null if it is one. */
  @Nullable String problem(int width) {
    if (error != null) {
      return error;
    }
    if (values == null) {
      return "no vector";
    }
    if (values.length != width) {
      return "a vector of width " + values.length + ", expected " + width;
    }
    boolean zero = true;
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return "a value that is not finite";
      }
      zero &= value == 0;
    }
    return zero ? "a vector of zeros, which has no direction" : null;
  }

  /** The vector; null if there is none. */
  public float @Nullable [] getValues() {
    return values;
  }

  /** Sets the vector. */
  public void setValues(float @Nullable [] vector) {
    this.values = vector;
  }

  /** The reason why there is no vector; null if there is one. */
  public @Nullable String getError() {
    return error;
  }

  /** Sets the reason. */
  public void setError(@Nullable String reason) {
    this.error = reason;
  }
}
