// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.Pooling;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A data set in the spaces behind an encoder's layers: the mean of all tokens' states, whatever the
 * encoder's own pooling, as the first token's state behind the embeddings says nothing.
 *
 * @param name the encoder's, short
 * @param last the number of the encoder's layers
 * @param layers those that are compared, ascending, the embeddings (0) and the last one among them
 * @param spaces one for each of these
 */
record LayerSpaces(String name, int last, List<Integer> layers, List<EncodedDataset> spaces) {
  /**
   * Encodes all layers in one pass.
   *
   * @param most how many of them are compared, at least 2
   */
  static LayerSpaces of(Lab lab, String encoder, LabelledData data, int most) {
    EncodedDataset all =
        lab.zoo()
            .reading(how -> mean(how).withLayer(EncoderOptions.EVERY_LAYER))
            .encode(encoder, data);
    lab.uses("encoder " + encoder + ", all layers", all.train().provenance().encoderSha256());
    int width = width(lab.zoo().reading(LayerSpaces::mean), encoder);
    int last = all.train().vectors().columns() / width - 1;
    List<Integer> layers = some(last, most);
    List<EncodedDataset> spaces =
        layers.stream()
            .map(
                layer ->
                    new EncodedDataset(
                        layer(all.train(), layer, width), layer(all.test(), layer, width)))
            .toList();
    return new LayerSpaces(Lab.shortName(encoder), last, layers, spaces);
  }

  private static EncoderOptions mean(EncoderOptions how) {
    return how.withPooling(Pooling.MEAN);
  }

  /** Depth of the layer at this place, from 0 (embeddings) to 1 (last). */
  double depth(int place) {
    return (double) layers.get(place) / last;
  }

  private static List<Integer> some(int last, int most) {
    int count = Math.min(last + 1, most);
    return IntStream.range(0, count)
        .map(i -> (int) Math.round((double) i * last / Math.max(1, count - 1)))
        .boxed()
        .toList();
  }

  private static int width(ModelZoo zoo, String encoder) {
    try (Encoder<?> opened =
        zoo.readsImages(encoder) ? zoo.imageEncoder(encoder) : zoo.encoder(encoder)) {
      return opened.dimension();
    }
  }

  private static LatentSpace layer(LatentSpace all, int layer, int width) {
    FloatMatrix vectors = all.vectors();
    float[] part = new float[Math.multiplyExact(vectors.rows(), width)];
    for (int i = 0; i < vectors.rows(); i++) {
      System.arraycopy(vectors.row(i), layer * width, part, i * width, width);
    }
    Provenance whole = all.provenance();
    String sha256 = Sha256.builder().add(whole.encoderSha256()).add(layer).add(width).hex();
    var own =
        new Provenance(
            whole.encoder(),
            sha256,
            whole.dataset(),
            whole.datasetSha256(),
            whole.split(),
            whole.software());
    return LatentSpace.of(
        all.ids(),
        Arrays.copyOf(all.labels(), all.labels().length),
        all.classes(),
        FloatMatrix.wrap(vectors.rows(), width, part),
        own);
  }
}
