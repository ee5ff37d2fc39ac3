// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.DType;
import io.github.djlstitch.core.internal.file.FloatValues;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.file.Safetensors;
import io.github.djlstitch.core.internal.file.TensorInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A matrix of a safetensors file: the tensor named by the column {@code vector}, else {@code
 * vectors}, else the only one of floats with two dimensions; ids in the tensor named by the column
 * {@code id}, else {@code ids}, as lines of UTF-8, as files of latent spaces have them.
 */
final class SafetensorsIndex {
  static final String VECTORS = "vectors";
  static final String IDS = "ids";

  private SafetensorsIndex() {}

  static VectorSource open(Path file, IndexColumns columns) {
    Safetensors tensors = Safetensors.open(file);
    String name = columns.vector().orElseGet(() -> onlyMatrix(file, tensors));
    TensorInfo info = tensors.info(name);
    if (!isMatrix(info)) {
      throw StitchException.badInput(
          "'%s': tensor '%s' is %s of shape %s but must be (rows, values) of F32, F16, BF16 or F64;"
              + " name another with --columns vector=NAME",
          file, Printable.of(name), info.dtype(), info.shape());
    }
    int width = Stride.width(file, info.shape().get(1));
    var stride = new Stride(0, info.shape().get(0), width, info.dtype(), 0);
    var rows = new MappedRows(file, stride, tensors.parts(name));
    var address = new IndexAddress(IndexFormat.SAFETENSORS, file);
    return new MappedSource(address, rows, ids(file, tensors, columns, stride.rows()));
  }

  private static String onlyMatrix(Path file, Safetensors tensors) {
    List<String> matrices =
        tensors.names().stream().filter(name -> isMatrix(tensors.info(name))).toList();
    if (matrices.contains(VECTORS) || matrices.size() == 1) {
      return matrices.contains(VECTORS) ? VECTORS : matrices.get(0);
    }
    throw StitchException.badInput(
        "'%s' has %d tensors of floats with two dimensions and none is called '%s'; name one with"
            + " --columns vector=NAME",
        file, matrices.size(), VECTORS);
  }

  private static boolean isMatrix(TensorInfo info) {
    return info.shape().size() == 2 && FloatValues.readable(info.dtype());
  }

  private static Optional<IdLines> ids(
      Path file, Safetensors tensors, IndexColumns columns, long rows) {
    String name = columns.id().orElse(IDS);
    if (columns.id().isEmpty() && !tensors.names().contains(IDS)) {
      return Optional.empty();
    }
    if (tensors.info(name).dtype() != DType.U8) {
      throw StitchException.badInput(
          "'%s': tensor '%s' is of type %s but ids are lines of text, of type U8",
          file, Printable.of(name), tensors.info(name).dtype());
    }
    return Optional.of(new IdLines(file, tensors.parts(name), rows));
  }
}
