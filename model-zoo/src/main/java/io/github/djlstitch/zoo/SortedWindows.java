// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.space.LatentSpace.Rows;
import io.github.djlstitch.core.space.LatentSpace.VectorSource;
import io.github.djlstitch.core.stitch.Encoder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Encodes samples window by window, and the texts of a window in the order of their lengths, the
 * longest first: texts of like length need little padding. A window is encoded in blocks; each is
 * kept when it is finished, so that after an interruption only the one at work is lost.
 *
 * @param task what progress is told of
 * @param kept blocks of the same samples by the same encoder
 */
record SortedWindows<I>(
    String task,
    List<Sample<I>> samples,
    Encoder<I> encoder,
    Optional<EncodingPart> kept,
    Progress progress)
    implements VectorSource {
  private static final int BLOCK = 512;

  @Override
  public FloatMatrix vectors(Rows rows) {
    int width = encoder.dimension();
    float[] out = new float[FloatMatrix.arrayLength(rows.to() - rows.from(), width)];
    List<Integer> order =
        IntStream.range(rows.from(), rows.to())
            .boxed()
            .sorted(Comparator.comparingInt((Integer row) -> -length(row)))
            .toList();
    progress.at(task, rows.from(), samples.size());
    for (int from = 0; from < order.size(); from += BLOCK) {
      List<Integer> block = order.subList(from, Math.min(from + BLOCK, order.size()));
      FloatMatrix vectors = block(block);
      for (int i = 0; i < block.size(); i++) {
        vectors.copyRow(i, out, (block.get(i) - rows.from()) * width);
      }
      progress.at(task, rows.from() + from + block.size(), samples.size());
    }
    return FloatMatrix.wrap(rows.to() - rows.from(), width, out);
  }

  // Images are all of one size.
  private int length(int row) {
    return samples.get(row).input() instanceof String text ? text.length() : 0;
  }

  private FloatMatrix block(List<Integer> rows) {
    Optional<FloatMatrix> known = kept.flatMap(part -> part.next(rows.size()));
    if (known.isPresent()) {
      return known.get();
    }
    FloatMatrix fresh = encoder.encode(rows.stream().map(row -> samples.get(row).input()).toList());
    if (fresh.rows() != rows.size() || fresh.columns() != encoder.dimension()) {
      throw StitchException.badInput(
          "encoder '%s' gave %d vectors of width %d for %d samples; expected one each, of width %d",
          encoder.id(), fresh.rows(), fresh.columns(), rows.size(), encoder.dimension());
    }
    kept.ifPresent(part -> part.append(fresh));
    return fresh;
  }
}
