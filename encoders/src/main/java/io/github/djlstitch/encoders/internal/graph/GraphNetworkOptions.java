// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.graph;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import java.util.Locale;

/**
 * Options of a graph network: convolution, depth, width, activations and dropout. Immutable.
 *
 * @param convolution of all layers
 * @param layers convolutions, at least 1; at least 2 for GCN
 * @param width H of the hidden nodes, at least 1
 * @param hidden activation after the first linear layer, or after GCN's first convolution
 * @param between activation after each other convolution but GCN's last
 * @param dropout probability in [0, 1) with which an input of a layer is 0 in training
 */
public record GraphNetworkOptions(
    Convolution convolution,
    int layers,
    int width,
    Nonlinearity hidden,
    Nonlinearity between,
    double dropout) {
  private static final int MOST = 4096;

  /** Elementwise activations. */
  public enum Nonlinearity implements Named {
    /** max(x, 0). */
    RELU,
    /** Hyperbolic tangent. */
    TANH;
  }

  /** Checks the ranges. */
  public GraphNetworkOptions {
    int fewest = convolution == Convolution.GCN ? 2 : 1;
    boolean sized = layers >= fewest && layers <= MOST && width >= 1 && width <= MOST;
    if (!sized || !(dropout >= 0 && dropout < 1)) {
      throw StitchException.usage(
          "a %s network with %d layers of width %d and dropout %s; expected %d to %d layers, width"
              + " 1 to %d and dropout from 0 to below 1",
          convolution.id(), layers, width, dropout, fewest, MOST, MOST);
    }
  }

  /** The classic node classifier: two GCN layers of 16, ReLU, dropout .5. */
  public static GraphNetworkOptions gcn() {
    return new GraphNetworkOptions(
        Convolution.GCN, 2, 16, Nonlinearity.RELU, Nonlinearity.RELU, 0.5);
  }

  /** GCNII layers of the same width with ReLU and dropout .5. */
  public static GraphNetworkOptions gcnii(int layers, int width) {
    return new GraphNetworkOptions(
        Convolution.GCNII, layers, width, Nonlinearity.RELU, Nonlinearity.RELU, 0.5);
  }

  /** Describes the options; equal descriptions give equal networks. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s layers=%d width=%d hidden=%s between=%s dropout=%s",
        convolution.id(),
        layers,
        width,
        hidden.id(),
        between.id(),
        dropout);
  }

  /** Layers with a matrix of their own between the first and the last linear layer. */
  int inner() {
    return convolution == Convolution.GCN ? layers - 2 : layers;
  }
}
