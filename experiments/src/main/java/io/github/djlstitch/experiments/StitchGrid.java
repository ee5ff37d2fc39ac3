// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.measure.Resampling.Answers;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.BridgeOptions;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.HeadRecipe;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.Stitching;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.decoders.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Frozen encoders plugged into heads that were trained on each other, zero-shot, over the same
 * anchors, with each kind of head read in each way. Answers are kept by sample, for intervals. For
 * one thread, once.
 */
final class StitchGrid {
  private final Lab lab;
  private final List<Place> places;
  private final IdentityHashMap<EncodedDataset, AnchoredSpace> spaces = new IdentityHashMap<>();
  private final Map<Carried, FloatMatrix> carried = new HashMap<>();
  private final List<Stitch> stitches = new ArrayList<>();
  private String digest = "";
  private long done;

  /** A data set in one encoder's space, under a unique name. */
  record Place(String name, EncodedDataset data) {}

  /**
   * A way to decode.
   *
   * @param head training of the head
   * @param reading transductive or inductive reading of test samples
   * @param centering of every space
   * @param methods of carrying vectors to it
   */
  record Way(HeadOptions head, Reading reading, Centering centering, List<Method> methods) {
    Way {
      methods = List.copyOf(methods);
    }

    /** Linear heads, or official ones read in a way. */
    String headName() {
      return head.kind() == HeadOptions.Kind.LINEAR ? "linear" : "official";
    }
  }

  /**
   * One measurement.
   *
   * @param samples ids of the test samples
   */
  record Stitch(
      String encoder,
      String decoder,
      Way way,
      Method method,
      long seed,
      List<String> samples,
      Answers answers) {
    boolean matched() {
      return encoder.equals(decoder);
    }
  }

  private record Carried(
      String encoder, String decoder, Method method, Centering centering, String anchors) {}

  private StitchGrid(Lab lab, List<Place> places) {
    this.lab = lab;
    this.places = places;
  }

  /**
   * Runs the grid with a head on every place, as {@link #run(Lab, List, List, List, LongFunction,
   * long...)}.
   */
  static List<Stitch> run(
      Lab lab, List<Place> places, List<Way> ways, LongFunction<Anchors> anchors, long... seeds) {
    return run(lab, places, places, ways, anchors, seeds);
  }

  /**
   * Runs the grid.
   *
   * @param places with the same classes, and with the ids that are anchors among those that their
   *     anchors are chosen from
   * @param decoders those that heads are trained on
   * @param anchors of a seed
   * @param seeds of the heads' training
   */
  static List<Stitch> run(
      Lab lab,
      List<Place> places,
      List<Place> decoders,
      List<Way> ways,
      LongFunction<Anchors> anchors,
      long... seeds) {
    var grid = new StitchGrid(lab, places);
    long total = (long) seeds.length * decoders.size() * ways.size();
    for (long seed : seeds) {
      Anchors chosen = anchors.apply(seed);
      grid.use(chosen);
      for (Place decoder : decoders) {
        for (Way way : ways) {
          grid.measure(decoder, way, chosen, seed);
          lab.progress().at("stitch", ++grid.done, total);
        }
      }
    }
    return grid.stitches;
  }

  // What was carried over other anchors is not needed again.
  private void use(Anchors anchors) {
    if (!anchors.sha256().equals(digest)) {
      digest = anchors.sha256();
      spaces.clear();
      carried.clear();
    }
  }

  private void measure(Place decoder, Way way, Anchors anchors, long seed) {
    Map<DecoderSpec.Reads, Decoder> heads = new HashMap<>();
    for (Method method : way.methods()) {
      Decoder head =
          heads.computeIfAbsent(method.reads(), reads -> head(reads, decoder, way, anchors, seed));
      for (Place encoder : places) {
        boolean narrow = width(encoder) != width(decoder) && method == Method.ABSOLUTE;
        if (!narrow) {
          LatentSpace test = encoder.data().test();
          int[] predicted =
              head.decode(inputs(encoder, decoder, method, way, anchors, head)).argMaxRows();
          var answers = Answers.of(test.labels(), predicted, test.classes().size());
          stitches.add(
              new Stitch(encoder.name(), decoder.name(), way, method, seed, test.ids(), answers));
        }
      }
    }
  }

  private static int width(Place place) {
    return place.data().train().vectors().columns();
  }

  private Decoder head(
      DecoderSpec.Reads reads, Place decoder, Way way, Anchors anchors, long seed) {
    var recipe =
        new HeadRecipe(reads, Similarity.cosine(), way.centering(), way.head().head(), seed);
    LatentSpace train = decoder.data().train();
    return recipe.make(train, train.owned(anchors), lab.zoo().heads(way.head(), way.reading()));
  }

  // The same for every seed and kind of head, as long as the anchors are.
  private FloatMatrix inputs(
      Place encoder, Place decoder, Method method, Way way, Anchors anchors, Decoder head) {
    var key = new Carried(encoder.name(), decoder.name(), method, way.centering(), digest);
    return carried.computeIfAbsent(
        key,
        k ->
            Stitching.of(
                    method,
                    space(encoder, anchors),
                    space(decoder, anchors),
                    BridgeOptions.defaults(),
                    head)
                .inputs(encoder.data().test().vectors()));
  }

  private AnchoredSpace space(Place place, Anchors anchors) {
    return spaces.computeIfAbsent(
        place.data(), d -> AnchoredSpace.of(d.train(), d.train().owned(anchors)));
  }
}
