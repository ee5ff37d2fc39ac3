// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.Standalone;
import io.github.djlstitch.encoders.EncodedImage;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Test samples for a head that stands alone, as encoders see them: its anchors take the place of
 * the train split, which is not touched.
 */
final class HeadData {
  private final ClassifierHead head;
  private final Plugs plugs;
  private final Encodings encodings;

  HeadData(ClassifierHead head, Plugs plugs, Encodings encodings) {
    this.head = head;
    this.plugs = plugs;
    this.encodings = encodings;
  }

  /** The data as an encoder sees them, under the head's classes. */
  EncodedDataset of(EncoderEntry entry, LabelledData data) {
    return new EncodedDataset(anchors(entry), relabelled(encodings.test(entry, data)));
  }

  /** The samples that a head's anchors are made of; without inputs that are private. */
  static List<Sample<?>> samples(ClassifierHead head) {
    Standalone known = Plugs.standalone(head);
    List<Sample<?>> samples = new ArrayList<>();
    known
        .inputs()
        .ifPresent(
            inputs -> {
              for (int i = 0; i < inputs.ids().size(); i++) {
                String id = inputs.ids().get(i);
                Object input =
                    inputs.texts().isEmpty()
                        ? EncodedImage.of(id, inputs.images().get(i))
                        : inputs.texts().get(i);
                samples.add(new Sample<>(id, input, 0));
              }
            });
    return samples;
  }

  private LatentSpace anchors(EncoderEntry entry) {
    Standalone known = Plugs.standalone(head);
    LatentSpace samples = classed(plugs.samples(entry, head));
    if (!known.dependsOnData()) {
      return samples;
    }
    LatentSpace data = samples;
    if (Plugs.isOwn(entry, head.spec())) {
      FloatMatrix vectors = known.space().data();
      List<String> ids = IntStream.range(0, vectors.rows()).mapToObj(i -> "data-" + i).toList();
      data = LatentSpace.of(ids, new int[0], classes(), vectors, samples.provenance());
    }
    return data.withAnchorsFrom(samples);
  }

  private LatentSpace classed(LatentSpace space) {
    return LatentSpace.of(space.ids(), new int[0], classes(), space.vectors(), space.provenance());
  }

  private List<String> classes() {
    return head.spec().classes();
  }

  // The data may lack some of the head's classes, or list them in another order.
  private LatentSpace relabelled(LatentSpace test) {
    int[] index =
        test.classes().stream().mapToInt(name -> index(name, test.provenance())).toArray();
    int[] labels = Arrays.stream(test.labels()).map(label -> index[label]).toArray();
    return LatentSpace.of(test.ids(), labels, classes(), test.vectors(), test.provenance());
  }

  private int index(String name, Provenance data) {
    int index = classes().indexOf(name);
    if (index < 0) {
      throw StitchException.badInput(
          "data set '%s' has the class '%s', which '%s' does not know; it tells apart %s",
          data.dataset(), name, head.spec().name(), String.join(", ", classes()));
    }
    return index;
  }
}
