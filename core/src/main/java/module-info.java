// SPDX-License-Identifier: Apache-2.0
/**
 * The mathematics of relative representations and the contracts of encoders and decoders.
 *
 * <p>Packages named {@code internal} are for the other modules of djl-stitch and change without
 * notice.
 */
module io.github.djlstitch.core {
  requires transitive ai.djl.api;
  requires com.google.gson;
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;

  exports io.github.djlstitch.core;
  exports io.github.djlstitch.core.align;
  exports io.github.djlstitch.core.cluster;
  exports io.github.djlstitch.core.data;
  exports io.github.djlstitch.core.engine;
  exports io.github.djlstitch.core.measure;
  exports io.github.djlstitch.core.migrate;
  exports io.github.djlstitch.core.relative;
  exports io.github.djlstitch.core.space;
  exports io.github.djlstitch.core.stitch;
  exports io.github.djlstitch.core.view;
  exports io.github.djlstitch.core.internal.engine to
      io.github.djlstitch.encoders,
      io.github.djlstitch.decoders,
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.core.internal.file to
      io.github.djlstitch.encoders,
      io.github.djlstitch.decoders,
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.core.internal.name to
      io.github.djlstitch.encoders,
      io.github.djlstitch.decoders,
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.core.internal.random to
      io.github.djlstitch.decoders,
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.core.internal.script to
      io.github.djlstitch.encoders,
      io.github.djlstitch.decoders,
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.core.internal.time to
      io.github.djlstitch.encoders,
      io.github.djlstitch.decoders,
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.core.internal.train to
      io.github.djlstitch.encoders,
      io.github.djlstitch.decoders,
      io.github.djlstitch.zoo;
}
