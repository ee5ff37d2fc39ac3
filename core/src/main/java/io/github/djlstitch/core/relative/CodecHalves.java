// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.relative.CodecProgram.Halves;
import io.github.djlstitch.core.relative.CodecProgram.Spectrum;
import java.util.ArrayList;
import java.util.List;

/**
 * The two linear maps of a codec, computed in float64.
 *
 * @param encode standardized vectors to codes, shape (D, K)
 * @param decode codes to standardized vectors, shape (K, D)
 * @param spectra what became of the singular values of each subspace
 */
record CodecHalves(FloatMatrix encode, FloatMatrix decode, List<Spectrum> spectra) {

  /** Over all anchors (M, D), which are standardized. */
  static CodecHalves over(FloatMatrix anchors, SpectralGains gains) {
    try (NDManager manager = TensorBridge.newManager()) {
      Halves halves = CodecProgram.halves(CodecProgram.wide(manager, anchors), gains);
      return of(halves.encode(), halves.decode(), List.of(halves.spectrum()));
    }
  }

  /** In the principal components of the space's data: {@code A F} in place of the anchors A. */
  static CodecHalves inComponents(
      FloatMatrix anchors,
      FloatMatrix data,
      Standardization frame,
      CodecSpec.Parseval options,
      SpectralGains gains) {
    try (NDManager manager = TensorBridge.newManager()) {
      NDList components =
          CodecProgram.components(
              manager, data, frame, options.rank(), options.power()); // (D, r), (r, D)
      NDArray f = components.get(0); // (D, r)
      NDArray a = CodecProgram.wide(manager, anchors); // (M, D)
      Halves halves = CodecProgram.halves(CodecProgram.product(a, f), gains); // (r, M), (M, r)
      NDArray encode = CodecProgram.product(f, halves.encode()); // (D, M)
      NDArray decode = CodecProgram.product(halves.decode(), components.get(1)); // (M, D)
      return of(encode, decode, List.of(halves.spectrum()));
    }
  }

  /** Averaged over subspaces of the anchors (M, D), which are standardized. */
  static CodecHalves averaged(FloatMatrix anchors, Irp options, Subspaces subspaces) {
    double tolerance = LinearAlgebra.rankTolerance(anchors);
    SpectralGains gains = options.inverse().gains(tolerance);
    try (NDManager manager = TensorBridge.newManager()) {
      NDArray a = CodecProgram.wide(manager, anchors); // (M, D)
      if (options.completion() == Irp.Completion.LIFTED) {
        return lifted(a, gains, subspaces, tolerance);
      }
      List<Halves> parts = new ArrayList<>();
      for (int i = 0; i < subspaces.omega(); i++) {
        parts.add(CodecProgram.halves(CodecProgram.rows(a, subspaces.rows(i)), gains));
      }
      List<Spectrum> spectra = parts.stream().map(Halves::spectrum).toList();
      if (options.inverse().kind() == Irp.Inverse.Kind.PARSEVAL) {
        return stacked(parts, spectra);
      }
      NDArray inverse = scattered(a, parts, subspaces); // (M, D)
      return options.completion() == Irp.Completion.BASIS
          ? of(CodecProgram.transpose(inverse), a, spectra)
          : of(CodecProgram.transpose(a), inverse, spectra);
    }
  }

  // Codes are cosines to all anchors; each subspace reads its own and they are averaged.
  private static NDArray scattered(NDArray a, List<Halves> parts, Subspaces subspaces) {
    NDArray sum = a.getManager().zeros(a.getShape(), DataType.FLOAT64); // (M, D)
    for (int i = 0; i < parts.size(); i++) {
      sum = CodecProgram.addRows(sum, subspaces.rows(i), parts.get(i).decode().div(parts.size()));
    }
    return sum;
  }

  // Each subspace has codes of its own, one beside the other.
  private static CodecHalves stacked(List<Halves> parts, List<Spectrum> spectra) {
    NDList encode = new NDList(); // (D, M_i) each
    NDList decode = new NDList(); // (M_i, D) each
    for (Halves part : parts) {
      encode.add(part.encode());
      decode.add(part.decode().div(parts.size()));
    }
    return of(
        NDArrays.concat(encode, 1), // (D, K)
        NDArrays.concat(decode, 0), // (K, D)
        spectra);
  }

  private static CodecHalves lifted(
      NDArray a, SpectralGains gains, Subspaces subspaces, double tolerance) {
    Halves full = CodecProgram.halves(a, gains);
    long width = a.getShape().get(1);
    NDArray onto = a.getManager().zeros(new Shape(width, width), DataType.FLOAT64); // (D, D)
    for (int i = 0; i < subspaces.omega(); i++) {
      NDArray span =
          CodecProgram.span(CodecProgram.rows(a, subspaces.rows(i)), tolerance); // (D, D)
      onto.addi(span.div(subspaces.omega()));
    }
    NDArray plain = gains.split() == 0 ? CodecProgram.transpose(a) : full.encode(); // (D, M)
    return of(CodecProgram.product(onto, plain), full.decode(), List.of(full.spectrum()));
  }

  private static CodecHalves of(NDArray encode, NDArray decode, List<Spectrum> spectra) {
    return new CodecHalves(
        CodecProgram.narrow(encode), CodecProgram.narrow(decode), List.copyOf(spectra));
  }
}
