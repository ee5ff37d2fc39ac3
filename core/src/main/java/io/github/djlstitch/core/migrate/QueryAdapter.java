// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.SpaceCard;
import java.util.function.UnaryOperator;

/**
 * Carries queries of one encoder into the space of an index that another one made, so that the
 * index stays as it is. Documents must not go this way: what comes over a bridge is near the
 * index's space, not in it, and an index of both is searched worse than either ({@link
 * MergedSearch}). Immutable and thread-safe.
 */
public final class QueryAdapter {
  private final int width;
  private final int targetWidth;
  private final UnaryOperator<FloatMatrix> way;

  private QueryAdapter(int width, int targetWidth, UnaryOperator<FloatMatrix> way) {
    this.width = width;
    this.targetWidth = targetWidth;
    this.way = way;
  }

  /** Over a bridge, such as that of a plan for its queries ({@link Side#QUERIES}). */
  public static QueryAdapter over(VectorBridge bridge) {
    return new QueryAdapter(bridge.width(), bridge.targetWidth(), bridge::apply);
  }

  /**
   * Between two cards over the same anchors, each made from its own space alone.
   *
   * @param from of the encoder of the queries
   * @param to of the encoder of the index
   * @throws StitchException (bad input) if the cards do not understand each other
   */
  public static QueryAdapter between(SpaceCard from, SpaceCard to) {
    from.requireSameCodes(to);
    return new QueryAdapter(
        from.codec().frame().width(),
        to.codec().frame().width(),
        queries -> to.codec().rescaled(from.translate(queries, to)));
  }

  /** Width D of the queries that it reads. */
  public int width() {
    return width;
  }

  /** Width E of the index's vectors. */
  public int targetWidth() {
    return targetWidth;
  }

  /**
   * Checks, before any query is there, that a model's vectors can go this way.
   *
   * @throws StitchException (bad input) naming the model if they have another width
   */
  public void requireFrom(String model, int vectors) {
    if (vectors != width) {
      throw StitchException.badInput(
          "model '%s' makes vectors of width %d but the way into the index reads %d; is it the"
              + " model that the card or bridge was made for?",
          model, vectors, width);
    }
  }

  /**
   * Carries queries over.
   *
   * @param queries as their encoder gave them, shape (N, D)
   * @return shape (N, E)
   * @throws StitchException (bad input) if they are not D wide or a value is not finite
   */
  public FloatMatrix apply(FloatMatrix queries) {
    if (queries.columns() != width) {
      throw StitchException.badInput(
          "queries of width %d, but the way into the index reads %d; has the model been exchanged?",
          queries.columns(), width);
    }
    if (queries.firstNonFiniteRow().isPresent()) {
      throw StitchException.badInput(
          "query %d has a value that is not finite", queries.firstNonFiniteRow().getAsInt());
    }
    return way.apply(queries);
  }
}
