// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.internal.engine.LoadedEngine;
import io.github.djlstitch.core.stitch.Encoder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An encoder that is opened at its first use, so that kept encodings need no model. */
final class LazyEncoder<I> implements AutoCloseable {
  private final Supplier<Encoder<I>> opener;
  private @Nullable Encoder<I> encoder;
  private boolean used;
  private long truncated;

  LazyEncoder(Supplier<Encoder<I>> opener) {
    this.opener = opener;
  }

  Encoder<I> get() {
    used = true;
    if (encoder == null) {
      LoadedEngine.begin(); // while the model's files are checked and its tokenizer is read
      encoder = opener.get();
    }
    return encoder;
  }

  /** Truncated texts of all encodings, new ones and kept ones. */
  long truncated() {
    return truncated;
  }

  /** Makes or opens an encoding, and counts its truncated texts now or when it was made. */
  <T> T counting(TruncationCount kept, Supplier<T> encoding) {
    used = false;
    long before = encoder == null ? 0 : Encodings.truncated(encoder);
    T made = encoding.get();
    if (used && encoder != null) {
      kept.write(Encodings.truncated(encoder) - before);
    }
    truncated += kept.read();
    return made;
  }

  @Override
  public void close() {
    if (encoder != null) {
      encoder.close();
    }
  }
}
