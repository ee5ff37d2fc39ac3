// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.train.FitOptions;
import io.github.djlstitch.encoders.internal.graph.Convolution;
import io.github.djlstitch.encoders.internal.graph.GraphNetworkOptions;

/**
 * Architecture and training of a node classifier. Immutable.
 *
 * @param network its encoder
 * @param anchors of the relative layer; 0 for an absolute classifier
 * @param fit the training; its seed is replaced by that of the run
 */
public record NodeRecipe(GraphNetworkOptions network, int anchors, FitOptions fit) {
  /** Checks that the options fit each other. */
  public NodeRecipe {
    if (anchors < 0 || (anchors > 0 && network.convolution() == Convolution.GCN)) {
      throw StitchException.usage(
          "a %s classifier with %d anchors; expected at least 0, and none for gcn, whose last layer"
              + " gives the classes",
          network.convolution().id(), anchors);
    }
  }

  /** The classic GCN: two layers of 16, dropout .5, Adam .01, weight decay 5e-4, 200 epochs. */
  public static NodeRecipe gcn() {
    var fit = FitOptions.adam(200, 0.01, 0).withWeightDecay(5e-4).keepingBest(0);
    return new NodeRecipe(GraphNetworkOptions.gcn(), 0, fit);
  }

  /**
   * The paper's node classifier, GCNII with Adam .02 (Moschella et al. 2023, table 2).
   *
   * @param patience epochs without a better validation accuracy after which it stops; 0 for never
   */
  public static NodeRecipe gcnii(int layers, int width, int anchors, int epochs, int patience) {
    var fit = FitOptions.adam(epochs, 0.02, 0).keepingBest(patience);
    return new NodeRecipe(GraphNetworkOptions.gcnii(layers, width), anchors, fit);
  }

  /** Describes all settings that determine a classifier besides its data and seed. */
  public String describe() {
    return "nodes 1 " + network.describe() + " anchors=" + anchors + " " + unseeded().describe();
  }

  private FitOptions unseeded() {
    return fit.withSeed(0);
  }
}
