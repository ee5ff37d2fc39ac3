// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * The rows of a partition, a block at a time, each row to one output in the same order. Memory does
 * not grow with the partition.
 *
 * @param <I> a row
 * @param <O> what becomes of it
 */
final class Blocks<I, O> implements Iterator<O> {
  private final Iterator<I> rows;
  private final int size;
  private final Function<List<I>, List<O>> work;
  private Iterator<O> done = Collections.emptyIterator();

  Blocks(Iterator<I> rows, int size, Function<List<I>, List<O>> work) {
    this.rows = rows;
    this.size = size;
    this.work = work;
  }

  @Override
  public boolean hasNext() {
    return done.hasNext() || rows.hasNext();
  }

  @Override
  public O next() {
    if (!done.hasNext()) {
      List<I> block = new ArrayList<>();
      while (block.size() < size && rows.hasNext()) {
        block.add(rows.next());
      }
      done = work.apply(block).iterator();
    }
    return done.next();
  }
}
