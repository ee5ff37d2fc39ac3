// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.experiments.StitchGrid.Place;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Section.Claim;
import io.github.djlstitch.report.Table;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Encoders stitched to each other's classifiers on one data set after another, whose findings add
 * up. For one thread.
 */
final class EncoderStudy {
  private static final int ANCHORS = 768;

  private final Lab lab;
  private final String id;
  private final AnchorSelector strategy;
  private final long anchorSeed;
  private final List<Claim> claims = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();

  /**
   * Begins without findings.
   *
   * @param lab what is used
   * @param id of the experiment, with which the ids of tables and figures begin
   * @param strategy of choosing the anchors
   * @param anchorSeed the same anchors for every seed, as in the official code
   */
  EncoderStudy(Lab lab, String id, AnchorSelector strategy, long anchorSeed) {
    this.lab = lab;
    this.id = id;
    this.strategy = strategy;
    this.anchorSeed = anchorSeed;
  }

  /**
   * One data set.
   *
   * @param name of the data set; its last part begins the claims
   * @param paper rows of the paper
   * @param seeds of the heads
   */
  void measure(
      String name,
      LabelledData data,
      List<String> encoders,
      CrossArchitecture protocol,
      List<List<Cell>> paper,
      long... seeds) {
    List<Place> places = new ArrayList<>();
    for (String encoder : encoders) {
      places.add(new Place(Lab.shortName(encoder), lab.encode(encoder, data)));
    }
    var train = places.get(0).data().train();
    int count = Math.min(lab.anchors(ANCHORS), train.ids().size());
    Anchors anchors = strategy.select(train, count, anchorSeed);
    var scores =
        new StitchScores(StitchGrid.run(lab, places, protocol.ways(), seed -> anchors, seeds));
    String title = Lab.shortName(name);
    String table = tables.isEmpty() ? id : id + "-" + slug(title);
    for (Claim claim : protocol.claims(scores)) {
      claims.add(new Claim(title + ": " + claim.statement(), claim.holds()));
    }
    tables.add(protocol.table(table, "Ours on " + name, scores, paper));
    tables.add(protocol.beyond(table + "-beyond", scores));
    figures.addAll(protocol.maps(table, scores, places.stream().map(Place::name).toList()));
  }

  // Files are called by it.
  private static String slug(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  Findings findings(List<Table> more, List<String> notes) {
    List<Table> all = new ArrayList<>(tables);
    all.addAll(more);
    return new Findings(claims, all, figures, notes);
  }
}
