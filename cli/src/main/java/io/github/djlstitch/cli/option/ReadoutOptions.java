// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The layer and pooling of encoders' vectors. */
@About(Topic.ENCODERS)
public final class ReadoutOptions {
  @Option(
      names = "--layer",
      paramLabel = "N",
      converter = LayerNumber.class,
      description = {
        "Layer whose output is the encoding: 1 is the first, -1 the last, -2 the one",
        "before, 0 the embeddings, all: those of all layers side by side, from 0 up",
        "(default: the last)."
      })
  @Nullable Integer layer;

  @Option(
      names = "--pooling",
      paramLabel = "HOW",
      description = {
        "Tokens' states to one vector: cls, mean, content-mean, max, mean-sqrt-len,",
        "weighted-mean, last, pooler or own (default: what each encoder was made for)."
      })
  @Nullable Pooling pooling;

  @Option(
      names = "--image-size",
      paramLabel = "N",
      description = {
        "Vision encoders read images of N x N pixels; position embeddings are",
        "resampled (default: the size each was trained on)."
      })
  @Nullable Integer imageSide;

  @Option(
      names = "--trust-code",
      description = "Open TorchScript files, too, which can run code; only from who you trust.")
  boolean trustCode;

  OptionalInt layer() {
    return layer == null ? OptionalInt.empty() : OptionalInt.of(layer);
  }

  OptionalInt imageSide() {
    return imageSide == null ? OptionalInt.empty() : OptionalInt.of(imageSide);
  }

  Optional<Pooling> pooling() {
    return Optional.ofNullable(pooling);
  }
}
