// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import java.util.List;
import java.util.stream.Stream;

/** The registry of experiments. */
public final class Experiments {
  /** All of them, in the order of the papers; a new one is added here and nowhere else. */
  public static final List<Experiment> ALL =
      List.of(
          new Table1(),
          new Table8(),
          new Figure1(),
          new Figure5(),
          new Figure7(),
          new Figure8(),
          new Figure3(),
          new Table2(),
          new Table3(),
          new Table4(),
          new Table5(),
          new Table6(),
          new Table15(),
          new Table16(),
          new Table17(),
          new Table18(),
          new Figure6Trained(),
          new Figure6Frozen(),
          new ScaleFigure(),
          new NormsFigure(),
          new LanguageInversion(),
          new ReconstructionFigure(),
          new PruningSensitivity(),
          new IrpStitching(),
          new CrossModal(),
          new LayerMap(),
          new AsifExperiment(),
          new Supervision());

  private Experiments() {}

  /**
   * The experiment of that id or alias.
   *
   * @throws StitchException (usage) if there is none
   */
  public static Experiment named(String id) {
    return ALL.stream()
        .filter(e -> e.card().id().equals(id) || e.card().aliases().contains(id))
        .findFirst()
        .orElseThrow(
            () ->
                StitchException.usage(
                    "no experiment '%s'; %s'stitch reproduce' lists them",
                    id, NearestName.hint(id, names())));
  }

  /** All ids, those that run with another experiment too. */
  public static List<String> names() {
    return ALL.stream()
        .flatMap(e -> Stream.concat(Stream.of(e.card().id()), e.card().aliases().stream()))
        .toList();
  }
}
