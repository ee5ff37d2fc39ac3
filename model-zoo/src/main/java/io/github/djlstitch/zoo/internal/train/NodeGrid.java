// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.random.RandomOrder;
import io.github.djlstitch.core.internal.train.FitOptions;
import io.github.djlstitch.core.internal.train.UpdateRule;
import io.github.djlstitch.encoders.internal.graph.Convolution;
import io.github.djlstitch.encoders.internal.graph.GraphNetworkOptions;
import io.github.djlstitch.encoders.internal.graph.GraphNetworkOptions.Nonlinearity;
import java.util.ArrayList;
import java.util.List;

/**
 * The grid of absolute node classifiers of the paper's proxy experiment (Moschella et al. 2023,
 * section 4.2 and table 10): 5 seeds, 10, 30 or 50 epochs, and two choices each of layers, dropout,
 * both activations, optimizer, rate and convolution; 1920 in all.
 */
public final class NodeGrid {
  /** Number of models in the grid. */
  public static final int SIZE = 1920;

  private static final int BINARY = 128;
  private static final int[] EPOCHS = {10, 30, 50};
  private static final int SEEDS = 5;

  private NodeGrid() {}

  /**
   * One model of the grid.
   *
   * @param recipe architecture and training
   * @param seed of its weights and dropout
   */
  public record Model(NodeRecipe recipe, long seed) {
    /** Describes the model in words. */
    public String describe() {
      return "%s %s rate=%s epochs=%d seed=%d"
          .formatted(
              recipe.network().describe(),
              recipe.fit().rule().id(),
              recipe.fit().learningRate(),
              recipe.fit().epochs(),
              seed);
    }
  }

  /**
   * Some models, spread evenly: every choice occurs about as often as its alternatives, whatever
   * the number. The first n of more are those of n.
   *
   * @param count 1 to {@value #SIZE}
   * @param width H of the hidden nodes; the paper's is 300
   * @param seed of the order, and the first of the models' seeds
   */
  public static List<Model> models(int count, int width, long seed) {
    if (count < 1 || count > SIZE) {
      throw StitchException.usage("%d models of the grid; expected 1 to %d", count, SIZE);
    }
    int[] choices = RandomOrder.uniform(BINARY, BINARY, seed);
    int[] rests = RandomOrder.uniform(EPOCHS.length * SEEDS, EPOCHS.length * SEEDS, ~seed);
    List<Model> models = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      // 128 and 15 have no common divisor, so each pair comes once in 1920.
      models.add(model(choices[k % BINARY], rests[k % rests.length], width, seed));
    }
    return models;
  }

  private static Model model(int choice, int rest, int width, long seed) {
    var network =
        new GraphNetworkOptions(
            bit(choice, 0) ? Convolution.GIN : Convolution.GCNII,
            bit(choice, 1) ? 64 : 32,
            width,
            bit(choice, 2) ? Nonlinearity.TANH : Nonlinearity.RELU,
            bit(choice, 3) ? Nonlinearity.TANH : Nonlinearity.RELU,
            bit(choice, 4) ? 0.5 : 0.1);
    var fit =
        FitOptions.adam(EPOCHS[rest % EPOCHS.length], bit(choice, 6) ? 0.02 : 0.01, 0)
            .withRule(bit(choice, 5) ? UpdateRule.SGD : UpdateRule.ADAM);
    return new Model(new NodeRecipe(network, 0, fit), seed + rest / EPOCHS.length);
  }

  private static boolean bit(int choice, int place) {
    return (choice >>> place & 1) == 1;
  }
}
