// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Text encoders of different architectures stitched to each other's classifiers. */
final class Table5 implements Experiment {
  private static final long ANCHOR_SEED = 0; // the official code shuffles by it for every seed
  private static final String REVIEWS = "amazon/en.csv";

  /**
   * A data set of Moschella et al. 2023, table 5.
   *
   * @param source the name to find it by
   * @param labels what is done to its labels
   * @param epochs of the official head, with its learning rate
   * @param paper stitched relative, its deviation; native and stitched absolute, native relative
   */
  private record Study(
      String title,
      String source,
      UnaryOperator<LabelledData> labels,
      int epochs,
      double rate,
      List<Cell> paper) {
    CrossArchitecture protocol() {
      return new CrossArchitecture(
          HeadOptions.of(HeadOptions.Kind.OFFICIAL_TEXT).withTraining(epochs, rate, 32));
    }
  }

  // The official code's own switch trains 5 epochs on TREC, and so on DBpedia.
  private static final List<Study> PAPER =
      List.of(
          study("TREC", "trec", 5, 1e-4, .7589, .0538, .9170, .2149, .8808),
          study("DBpedia", "dbpedia", 5, 1e-4, .8047, .2114, .9862, .0696, .9742),
          study("Amazon coarse", REVIEWS, 3, 1e-3, .7237, .0732, .8781, .4958, .8508),
          study("Amazon fine", REVIEWS, 5, 1e-3, .3324, .0721, .5535, .1901, .4892));

  private static Study study(
      String title,
      String source,
      int epochs,
      double rate,
      double stitched,
      double std,
      double... others) {
    List<Cell> row = new ArrayList<>(StitchScores.paperRow(title, others));
    row.add(Cell.paper(stitched, std));
    return new Study(
        title,
        source,
        title.endsWith("coarse") ? TextSelection::coarse : UnaryOperator.identity(),
        epochs,
        rate,
        row);
  }

  @Override
  public Card card() {
    return new Card(
        "table5",
        List.of(),
        "Text classifiers stitched across architectures",
        "Moschella et al. 2023, table 5, section 5.2",
        "A head is trained on each encoder's absolute and relative vectors and reads every other"
            + " encoder's; 768 anchors of the training set, equally many of each class.",
        "TREC (coarse), DBpedia and Amazon reviews (amazon/en.csv under --data: text, label 1 to"
            + " 5), those of them available, else the glosses of WordNet; but for TREC at most"
            + " 8,000 training and 2,000 test texts unless --full. --dataset takes a comma list",
        5);
  }

  @Override
  public Findings run(Lab lab) {
    List<String> encoders = lab.severalEncoders("minilm", "bge-small", "e5-small");
    EncoderStudy found = new EncoderStudy(lab, "table5", AnchorSelector.STRATIFIED, ANCHOR_SEED);
    long[] seeds = lab.seeds(3, 5);
    if (lab.datasets().isEmpty()) {
      available(lab, found, encoders, seeds);
    }
    for (String given : lab.datasets()) {
      LabelledData data = lab.given(given, lab.part());
      found.measure(data.name(), data, encoders, PAPER.get(0).protocol(), rows(), seeds);
    }
    return found.findings(
        List.of(),
        List.of(
            "the paper's encoders are BERT cased and uncased, ELECTRA and RoBERTa, 768 wide, read"
                + " at [CLS]; these are sentence encoders, so absolute spaces are less foreign",
            "the official code's own switch trains 5 epochs on TREC; the anchors are drawn by our"
                + " generator, so they are not the paper's"));
  }

  private static void available(Lab lab, EncoderStudy found, List<String> encoders, long... seeds) {
    List<String> missing = new ArrayList<>();
    for (Study study : PAPER) {
      Optional<LabelledData> data = read(lab, study);
      if (data.isEmpty()) {
        missing.add(study.title());
      } else {
        found.measure(
            study.title(),
            study.labels().apply(data.get()),
            encoders,
            study.protocol(),
            List.of(study.paper()),
            seeds);
      }
    }
    if (missing.size() == PAPER.size()) {
      LabelledData data = lab.data("trec", "wordnet");
      found.measure(data.name(), data, encoders, PAPER.get(0).protocol(), rows(), seeds);
    } else if (!missing.isEmpty()) {
      lab.note(
          "of the paper's data sets, not at hand: "
              + String.join(", ", missing)
              + " (--data FOLDER that has dbpedia, amazon/en.csv; --dataset dbpedia fetches it)");
    }
  }

  private static Optional<LabelledData> read(Lab lab, Study study) {
    if (study.source().equals(REVIEWS)) {
      Optional<Path> file = lab.file(REVIEWS);
      return file.map(f -> lab.given("csv:" + f, lab.part()));
    }
    DatasetOptions how = study.source().equals("trec") ? DatasetOptions.defaults() : lab.part();
    return lab.availableData(how, study.source());
  }

  private static List<List<Cell>> rows() {
    return PAPER.stream().map(Study::paper).toList();
  }
}
