// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

import io.github.djlstitch.cli.report.Figure;
import io.github.djlstitch.cli.report.Section.Claim;
import io.github.djlstitch.cli.report.Table;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Tables 1 and 7 and figure 10: word embeddings with relative representations. */
final class WordRetrieval implements Experiment {
  private static final int ANCHORS = 300;
  private static final List<AnchorChoice> CHOICES =
      List.of(
          AnchorChoice.UNIFORM,
          AnchorChoice.FPS,
          AnchorChoice.KMEANS,
          AnchorChoice.top(1000),
          AnchorChoice.top(5000),
          AnchorChoice.top(10_000));
  private static final List<String> TABLE_1 = List.of("absolute", "uniform");

  @Override
  public Card card() {
    return new Card(
        "table1",
        List.of("table7", "figure10"),
        "Word embeddings: neighbours across spaces",
        "Moschella et al. 2023, arXiv:2209.15430, Tables 1 and 7, Figure 10 (sections 4.1, A.2)",
        "Of the shared words, without the 400 most frequent, the first 20,000 that are alphabetic"
            + " with at least 4 letters; 300 anchors chosen in the source space; cosine to the"
            + " anchors, not centred; each word searches its K nearest in the target space. Every"
            + " pair with uniform anchors, the first pair with every choice of anchors (--full:"
            + " every pair).",
        "FastText and Word2Vec (--vectors A.vec,B.vec: any two files of word2vec, fastText or GloVe);"
            + " else the token embeddings of the encoders of the build",
        6);
  }

  @Override
  public Findings run(Lab lab) {
    List<LatentSpace> spaces = SharedVocabulary.spaces(lab);
    var retrieval = new SpaceRetrieval(lab, ANCHORS, lab.seeds(3, 10));
    List<SpaceRetrieval.Row> rows = new ArrayList<>();
    for (List<LatentSpace> pair : SpaceRetrieval.pairs(spaces)) {
      boolean all = rows.isEmpty() || lab.full();
      rows.addAll(retrieval.between(pair.get(0), pair.get(1), all ? choices(pair) : uniform()));
    }
    List<SpaceRetrieval.Row> table1 =
        rows.stream().filter(row -> TABLE_1.contains(row.space())).toList();
    return new Findings(
        claims(rows, retrieval.neighbours().get(0)),
        tables(rows, table1, retrieval.neighbours()),
        figures(lab, spaces, retrieval.anchors()),
        List.of(
            "k-means anchors are the words nearest to their cluster's mean within the cluster; the"
                + " official code searches all words by inner product"));
  }

  private static List<AnchorChoice> uniform() {
    return List.of(AnchorChoice.UNIFORM);
  }

  private static List<AnchorChoice> choices(List<LatentSpace> pair) {
    return CHOICES.stream().filter(choice -> choice.differsOn(pair.get(0))).toList();
  }

  private static List<Table> tables(
      List<SpaceRetrieval.Row> rows, List<SpaceRetrieval.Row> table1, List<Integer> neighbours) {
    List<String> chosen = CHOICES.stream().map(AnchorChoice::name).toList();
    List<SpaceRetrieval.Row> table7 =
        rows.stream()
            .filter(row -> chosen.contains(row.space()) && choicesOf(rows, row) > 1)
            .toList();
    return Stream.of(
            RetrievalTables.of(
                "table1", "Word spaces", table1, PaperRetrieval.WORDS, TABLE_1, neighbours),
            List.of(RetrievalTables.cka("table1-cka", table1)),
            RetrievalTables.of(
                "table7",
                "Word spaces by choice of anchors",
                table7,
                PaperRetrieval.WORDS,
                chosen,
                neighbours))
        .flatMap(List::stream)
        .toList();
  }

  private static long choicesOf(List<SpaceRetrieval.Row> rows, SpaceRetrieval.Row of) {
    return rows.stream()
        .filter(row -> row.source() == of.source() && row.target() == of.target())
        .filter(row -> !row.space().equals(SpaceRetrieval.ABSOLUTE))
        .count();
  }

  private static List<Figure> figures(Lab lab, List<LatentSpace> spaces, int anchors) {
    lab.say("project four neighbourhoods to the plane");
    long seed = lab.settings().seed();
    Anchors chosen = AnchorChoice.UNIFORM.choose(spaces.get(0), anchors, seed);
    return Neighbourhoods.ofWords(spaces.get(0), spaces.get(1), seed)
        .figures("figure10", chosen, seed);
  }

  private static List<Claim> claims(List<SpaceRetrieval.Row> rows, int k) {
    var ranges = new RetrievalRanges(rows, k);
    List<Claim> claims = new ArrayList<>();
    if (ranges.has(SpaceRetrieval.ABSOLUTE)) {
      claims.add(
          new Claim(
              String.format(
                  Locale.ROOT,
                  "Absolute word spaces are not comparable: Jaccard@%d %s, MRR %s, cosine %s (paper:"
                      + " 0, 0, .01)",
                  k,
                  ranges.jaccard(SpaceRetrieval.ABSOLUTE),
                  ranges.mrr(SpaceRetrieval.ABSOLUTE),
                  ranges.cosine(SpaceRetrieval.ABSOLUTE)),
              ranges.mrr(SpaceRetrieval.ABSOLUTE).high() < .05));
    }
    claims.add(
        new Claim(
            String.format(
                Locale.ROOT,
                "Relative ones are: a word finds itself first in most cases, and many of its"
                    + " neighbours: MRR %s, Jaccard@%d %s, cosine %s (paper: .94 to .98, .34 to .39,"
                    + " .86)",
                ranges.mrr("uniform"),
                k,
                ranges.jaccard("uniform"),
                ranges.cosine("uniform")),
            ranges.mrr("uniform").low() > .5));
    if (ranges.has("top1000")) {
      claims.add(topWords(rows, k));
    }
    return claims;
  }

  private static Claim topWords(List<SpaceRetrieval.Row> rows, int k) {
    List<SpaceRetrieval.Row> frequent =
        rows.stream().filter(row -> row.space().equals("top1000")).toList();
    var theirs = new RetrievalRanges(frequent, k);
    List<SpaceRetrieval.Row> same =
        rows.stream()
            .filter(row -> row.space().equals("uniform") && choicesOf(rows, row) > 1)
            .toList();
    var uniform = new RetrievalRanges(same, k);
    return new Claim(
        String.format(
            Locale.ROOT,
            "Anchors among the 1,000 most frequent words serve worse than any words: Jaccard@%d %s"
                + " against %s (paper: .27 to .35 against .34 to .39)",
            k,
            theirs.jaccard("top1000"),
            uniform.jaccard("uniform")),
        theirs.jaccard("top1000").high() < uniform.jaccard("uniform").low()
            || mean(frequent, k) < mean(same, k));
  }

  private static double mean(List<SpaceRetrieval.Row> rows, int k) {
    return rows.stream().mapToDouble(row -> row.mean(s -> s.at(k).jaccard())).average().orElse(0);
  }
}
