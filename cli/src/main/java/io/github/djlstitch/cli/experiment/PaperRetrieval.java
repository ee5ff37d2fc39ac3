// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What Moschella et al. 2023, arXiv:2209.15430, report of one space in place of another. Standard
 * deviations that they give as less than .01 are left out.
 *
 * @param source the space that queries
 * @param target the space that is searched
 * @param space {@code absolute}, or how the anchors were chosen
 * @param neighbours K
 * @param jaccard and its standard deviation
 * @param mrr and its standard deviation
 * @param cosine of a sample's two vectors
 * @param origin where it stands
 */
record PaperRetrieval(
    String source,
    String target,
    String space,
    int neighbours,
    Reported jaccard,
    Reported mrr,
    double cosine,
    String origin) {

  /** A mean with the standard deviation that is given with it. */
  record Reported(double mean, OptionalDouble std) {}

  private static final String FAST_TEXT = "FastText";
  private static final String WORD2VEC = "Word2Vec";
  private static final String VIT_BASE = "ViT-base";
  private static final String VIT_SMALL = "ViT-small";
  private static final String TABLE_7 = "Tables 1 and 7";
  private static final String NOTEBOOK = "the output of the official notebook";
  private static final String TABLE_8 = "Table 8";

  /** Tables 1 and 7: 300 anchors, about 20,000 words, 10 seeds; the notebook has K = 5. */
  static final List<PaperRetrieval> WORDS =
      List.of(
          fromFastText("absolute", 10, of(0), of(0), .01),
          fromWord2Vec("absolute", 10, of(0), of(0), .01),
          fromFastText("uniform", 10, of(.34, .01), of(.94), .86),
          fromWord2Vec("uniform", 10, of(.39), of(.98), .86),
          fromFastText("fps", 10, of(.34, .01), of(.94), .81),
          fromWord2Vec("fps", 10, of(.41), of(.98), .83),
          fromFastText("kmeans", 10, of(.35), of(.94), .87),
          fromWord2Vec("kmeans", 10, of(.39), of(.97), .87),
          fromFastText("top1000", 10, of(.27, .01), of(.84, .01), .85),
          fromWord2Vec("top1000", 10, of(.35, .01), of(.97), .85),
          fromFastText("top5000", 10, of(.32), of(.92), .86),
          fromWord2Vec("top5000", 10, of(.38), of(.97), .86),
          fromFastText("top10000", 10, of(.34), of(.93), .86),
          fromWord2Vec("top10000", 10, of(.39, .01), of(.97), .86),
          fromFastText("uniform", 5, of(.38), of(.93), .86),
          fromWord2Vec("uniform", 5, of(.44), of(.97), .86),
          fromFastText("fps", 5, of(.38), of(.94), .81),
          fromWord2Vec("fps", 5, of(.47), of(.98), .83),
          fromFastText("kmeans", 5, of(.39), of(.94), .87),
          fromWord2Vec("kmeans", 5, of(.43), of(.97), .87),
          fromFastText("top1000", 5, of(.30), of(.84), .85),
          fromWord2Vec("top1000", 5, of(.40), of(.97), .85),
          fromFastText("top5000", 5, of(.36), of(.91), .86),
          fromWord2Vec("top5000", 5, of(.43), of(.97), .86),
          fromFastText("top10000", 5, of(.37), of(.93), .86),
          fromWord2Vec("top10000", 5, of(.44), of(.97), .86));

  /** Table 8: CIFAR-10, 500 anchors. */
  static final List<PaperRetrieval> IMAGES =
      List.of(
          image(VIT_BASE, VIT_SMALL, "uniform", of(.11), of(.27, .01), .97),
          image(VIT_SMALL, VIT_BASE, "uniform", of(.11), of(.30, .01), .97),
          image(VIT_BASE, VIT_SMALL, "fps", of(.12), of(.37, .01), .96),
          image(VIT_SMALL, VIT_BASE, "fps", of(.12), of(.39, .01), .96),
          image(VIT_BASE, VIT_SMALL, "kmeans", of(.11), of(.25, .01), .97),
          image(VIT_SMALL, VIT_BASE, "kmeans", of(.10), of(.27), .97));

  private static Reported of(double mean) {
    return new Reported(mean, OptionalDouble.empty());
  }

  private static Reported of(double mean, double std) {
    return new Reported(mean, OptionalDouble.of(std));
  }

  private static PaperRetrieval fromFastText(
      String space, int k, Reported jaccard, Reported mrr, double cosine) {
    return words(FAST_TEXT, WORD2VEC, space, k, jaccard, mrr, cosine);
  }

  private static PaperRetrieval fromWord2Vec(
      String space, int k, Reported jaccard, Reported mrr, double cosine) {
    return words(WORD2VEC, FAST_TEXT, space, k, jaccard, mrr, cosine);
  }

  private static PaperRetrieval words(
      String from, String to, String space, int k, Reported jaccard, Reported mrr, double cosine) {
    String origin = k == 10 ? TABLE_7 : NOTEBOOK;
    return new PaperRetrieval(from, to, space, k, jaccard, mrr, cosine, origin);
  }

  private static PaperRetrieval image(
      String from, String to, String space, Reported jaccard, Reported mrr, double cosine) {
    return new PaperRetrieval(from, to, space, 10, jaccard, mrr, cosine, TABLE_8);
  }
}
