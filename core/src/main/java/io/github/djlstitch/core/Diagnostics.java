// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

/**
 * Names of the numbers that say how sound a codec, an alignment or a stitching is, as they stand in
 * maps of diagnostics, reports and files.
 */
public final class Diagnostics {
  /** Largest gain of an encoder times that of its decoder, 1 or more; 0 if nothing is inverted. */
  public static final String CONDITION_NUMBER = "condition_number";

  /** Exponential of the entropy of the anchors' singular values. */
  public static final String EFFECTIVE_RANK = "effective_rank";

  /** Directions that are inverted. */
  public static final String RANK = "rank";

  /** Anchors that pruning keeps, the mean over subspaces. */
  public static final String KEPT_ANCHORS = "kept_anchors";

  /** Mean length of a space's vectors. */
  public static final String MEAN_NORM = "mean_norm";

  /** Standard deviation of these lengths. */
  public static final String STD_NORM = "std_norm";

  /** Difference of the codes of the same samples in two spaces, over their size; 0 or more. */
  public static final String RELATIVE_MISMATCH = "relative_mismatch";

  /** Mean cosine of translated vectors and those of the other space's own encoder, -1 to 1. */
  public static final String RECONSTRUCTION_COSINE = "reconstruction_cosine";

  /** Accuracy that is expected of a stitching from its anchors alone, 0 to 1. */
  public static final String EXPECTED_ACCURACY = "expected_accuracy";

  /** Share of samples that a head answers, stitched, as it does on its own encoder, 0 to 1. */
  public static final String AGREEMENT = "agreement";

  /** The same with the samples shuffled. */
  public static final String AGREEMENT_BY_CHANCE = "agreement_by_chance";

  /** Mean Jensen-Shannon divergence of these answers' probabilities in bits, 0 to 1. */
  public static final String JENSEN_SHANNON = "jensen_shannon";

  /** The same with the samples shuffled. */
  public static final String JENSEN_SHANNON_BY_CHANCE = "jensen_shannon_by_chance";

  /** Least distance of the anchors that pruning keeps, 0 to 1. */
  public static final String DELTA = "delta";

  /** Pruned subspaces that are averaged. */
  public static final String OMEGA = "omega";

  /** Parts of a graph of neighbors before they were joined, 1 or more. */
  public static final String GRAPH_PARTS = "graph_parts";

  /** Ridge weight. */
  public static final String LAMBDA = "lambda";

  /** Mean squared error of anchors that were left out. */
  public static final String LEAVE_ONE_OUT_ERROR = "loo_mse";

  /** Mean cosine of the samples that a search without pairs matched, -1 to 1. */
  public static final String MATCHED_COSINE = "matched_cosine";

  /** Principal components or canonical pairs that are used. */
  public static final String COMPONENTS = "components";

  /** The largest canonical correlation, 0 to 1. */
  public static final String FIRST_CORRELATION = "first_correlation";

  /** Share of the inverse that a codec's encoder takes, from 0 (none) to 1 (all). */
  public static final String SPLIT = "split";

  /** Degree to which components are whitened, 0 to 0.5. */
  public static final String POWER = "power";

  /** Singular values at most this times the largest count as 0. */
  public static final String FLOOR = "floor";

  /** Sharpness with which a decoder attends to the data of its space, 1 to 1,000. */
  public static final String SHARPNESS = "sharpness";

  private Diagnostics() {}
}
