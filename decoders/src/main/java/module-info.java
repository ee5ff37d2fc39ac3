// SPDX-License-Identifier: Apache-2.0
/**
 * Heads that read relative representations.
 *
 * <p>Packages named {@code internal} are for the other modules of djl-stitch and change without
 * notice.
 */
module io.github.djlstitch.decoders {
  requires transitive io.github.djlstitch.core;
  requires com.google.gson;

  exports io.github.djlstitch.decoders;
  exports io.github.djlstitch.decoders.internal.image to
      io.github.djlstitch.zoo;
}
