// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.encoder;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** The refusals that all encoders have in common. Thread-safe. */
final class EncoderGuard {
  private final String id;
  private final ReadWriteLock uses = new ReentrantReadWriteLock();
  private boolean closed;

  EncoderGuard(String id) {
    this.id = id;
  }

  /**
   * Encodes, if inputs can be encoded; until it is done, the encoder is not closed.
   *
   * @param kind of an input, for messages: {@code text}
   * @throws StitchException (usage) if the encoder is closed, (bad input) if an input is null
   */
  FloatMatrix encode(String kind, List<?> inputs, Supplier<FloatMatrix> work) {
    uses.readLock().lock();
    try {
      requireReady(kind, inputs);
      return work.get();
    } finally {
      uses.readLock().unlock();
    }
  }

  private void requireReady(String kind, List<?> inputs) {
    if (closed) {
      throw StitchException.usage("encoder '%s' is closed; open it again to encode", id);
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) == null) {
        throw StitchException.badInput(
            "encoder '%s' got null as %s %d of %d, counted from 0; leave it out",
            id, kind, i, inputs.size());
      }
    }
  }

  /**
   * Checks one vector.
   *
   * @param values of all vectors of a batch, row after row
   * @param row of the vector among them
   * @param sample its input and place, for messages: {@code image 'x' (batch 2)}
   * @throws StitchException (bad input) naming the sample whose vector has an infinity or NaN
   */
  void requireFinite(float[] values, int row, int width, Sample sample) {
    for (int i = row * width; i < (row + 1) * width; i++) {
      if (!Float.isFinite(values[i])) {
        throw StitchException.badInput(
            "encoder '%s' made the value %s for %s; are its weights damaged?",
            id, values[i], sample.describe());
      }
    }
  }

  /** Describes an input, only when it is refused. */
  @FunctionalInterface
  interface Sample {
    String describe();
  }

  /** Frees what the encoder owns when nothing is being encoded, once. */
  void close(Runnable free) {
    uses.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        free.run();
      }
    } finally {
      uses.writeLock().unlock();
    }
  }
}
