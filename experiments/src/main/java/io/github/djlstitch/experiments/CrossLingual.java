// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.experiments.LanguageTask.Language;
import io.github.djlstitch.experiments.LanguageTask.Origin;
import io.github.djlstitch.experiments.StitchGrid.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Heads that were trained in one language read the others, over parallel anchors of each origin.
 *
 * @param protocol the heads and the ways to read with them
 * @param task the languages and their data
 * @param encoders one for each language
 * @param decoders how many of the languages, the first ones, have a head
 */
record CrossLingual(
    CrossArchitecture protocol, LanguageTask task, List<String> encoders, int decoders) {
  private static final int ANCHORS = 768;
  private static final long ANCHOR_SEED = 42; // the official code's

  /** Copies the list. */
  CrossLingual {
    encoders = List.copyOf(encoders);
  }

  /** The official head of texts in several languages, trained for so many epochs. */
  static CrossArchitecture protocol(int epochs) {
    return new CrossArchitecture(
        HeadOptions.of(HeadOptions.Kind.OFFICIAL_UNIT_TEXT).withTraining(epochs, 1e-3, 32));
  }

  /** Measures, with as many anchors of each origin. */
  CrossLingualScores measure(Lab lab) {
    Map<Origin, List<Place>> places = new EnumMap<>(Origin.class);
    task.origins().forEach(origin -> places.put(origin, places(lab, origin)));
    int most =
        places.values().stream().mapToInt(p -> candidates(p.get(0)).ids().size()).min().orElse(1);
    int count = Math.min(lab.anchors(ANCHORS), most);
    Map<Origin, StitchScores> scores = new EnumMap<>(Origin.class);
    places.forEach((origin, all) -> scores.put(origin, stitch(lab, all, count)));
    return new CrossLingualScores(this, scores, count);
  }

  private List<Place> places(Lab lab, Origin origin) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < encoders.size(); i++) {
      Language language = task.languages().get(i);
      EncodedDataset data = lab.encode(encoders.get(i), language.data());
      LatentSpace drawn = language.candidates(origin, lab, encoders.get(i));
      ParallelFiles.requireParallel(i == 0 ? drawn : candidates(places.get(0)), drawn);
      places.add(
          new Place(
              language.name(),
              new EncodedDataset(data.train().withAnchorsFrom(drawn), data.test())));
    }
    return places;
  }

  private static LatentSpace candidates(Place place) {
    return place.data().train().anchorCandidates();
  }

  private StitchScores stitch(Lab lab, List<Place> places, int count) {
    Anchors anchors = AnchorSelector.UNIFORM.select(candidates(places.get(0)), count, ANCHOR_SEED);
    return new StitchScores(
        StitchGrid.run(
            lab,
            places,
            places.subList(0, decoders),
            protocol.ways(),
            seed -> anchors,
            lab.seeds(3, 5)));
  }

  /** The way of the paper's tables, with the scores of one pair of languages. */
  StitchScores pair(StitchScores scores, Method method, String decoder, String encoder) {
    return scores
        .where(s -> s.decoder().equals(decoder) && s.encoder().equals(encoder))
        .of(protocol.paperWay(), method, decoder.equals(encoder));
  }

  /** The languages that have a head. */
  List<String> decoding() {
    return task.names().subList(0, decoders);
  }
}
