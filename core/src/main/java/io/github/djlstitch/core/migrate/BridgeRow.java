// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import java.util.Arrays;

/** A linear bridge on the heap, a vector at a time. Immutable and thread-safe. */
final class BridgeRow {
  private static final double SMALLEST = 1e-12;

  private final float[] center;
  private final boolean directional;
  private final float[][] map; // D rows of E values
  private final float[] moved; // center map
  private final float[] offset;
  private final LinearBridge.Exit exit;
  private final double reach;
  private final double length;

  private BridgeRow(LinearBridge bridge) {
    this.center = bridge.center().row(0);
    this.directional = bridge.directional();
    this.map = new float[bridge.width()][];
    Arrays.setAll(map, bridge.map()::row);
    this.offset = bridge.offset().row(0);
    this.exit = bridge.exit();
    this.reach = bridge.reach();
    this.length = bridge.length();
    this.moved = new float[offset.length];
    product(center, 1, moved);
  }

  static BridgeRow of(LinearBridge bridge) {
    return new BridgeRow(bridge);
  }

  /** (N, D) to (N, E). */
  FloatMatrix apply(FloatMatrix vectors) {
    float[] out = new float[vectors.rows() * offset.length];
    for (int i = 0; i < vectors.rows(); i++) {
      System.arraycopy(apply(vectors.row(i)), 0, out, i * offset.length, offset.length);
    }
    return FloatMatrix.wrap(vectors.rows(), offset.length, out);
  }

  private float[] apply(float[] x) {
    double norm = Math.max(SMALLEST, Math.sqrt(dot(x, x)));
    double scale = 1 / norm;
    double shrink = 1;
    if (directional) {
      double own = dot(x, x) * scale * scale;
      double size = own - 2 * scale * dot(x, center) + dot(center, center);
      shrink = 1 / Math.sqrt(Math.max(SMALLEST, size));
    }
    float[] z = new float[offset.length];
    product(x, (float) (scale * shrink), z);
    for (int j = 0; j < z.length; j++) {
      z[j] -= (float) shrink * moved[j];
    }
    return left(z);
  }

  private void product(float[] x, float scale, float[] sum) {
    for (int i = 0; i < x.length; i++) {
      add(x[i] * scale, map[i], sum);
    }
  }

  // Of arrays alone, not of places in them: only then does the JVM make vector code, ten times as
  // fast.
  private static void add(float factor, float[] row, float[] sum) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * row[j];
    }
  }

  private float[] left(float[] z) {
    double scale =
        switch (exit) {
          case SUM -> 1;
          case SPHERE -> toSphere(z);
          case FIXED -> reach / Math.max(SMALLEST, Math.sqrt(dot(z, z)));
        };
    for (int j = 0; j < z.length; j++) {
      z[j] = (float) (scale * z[j] + offset[j]);
    }
    double far = length / Math.max(SMALLEST, Math.sqrt(dot(z, z)));
    for (int j = 0; j < z.length; j++) {
      z[j] *= (float) far;
    }
    return z;
  }

  private double toSphere(float[] z) {
    double norm = Math.max(SMALLEST, Math.sqrt(dot(z, z)));
    double cosine = dot(z, offset) / norm;
    double inside = Math.max(0, cosine * cosine + 1 - dot(offset, offset));
    return (Math.sqrt(inside) - cosine) / norm;
  }

  // Four sums at a time: one sum waits for each addition.
  private static double dot(float[] a, float[] b) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      first += (double) a[i] * b[i];
      second += (double) a[i + 1] * b[i + 1];
      third += (double) a[i + 2] * b[i + 2];
      fourth += (double) a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      first += (double) a[i] * b[i];
    }
    return first + second + third + fourth;
  }
}
