// SPDX-License-Identifier: Apache-2.0
/**
 * Frozen pretrained networks as encoders of texts and images.
 *
 * <p>Packages named {@code internal} are for the other modules of djl-stitch and change without
 * notice.
 */
module io.github.djlstitch.encoders {
  requires transitive io.github.djlstitch.core;
  requires ai.djl.tokenizers;
  requires java.desktop;
  requires static com.google.gson;
  requires static com.microsoft.onnxruntime;

  exports io.github.djlstitch.encoders;
  exports io.github.djlstitch.encoders.image;
  exports io.github.djlstitch.encoders.options;
  exports io.github.djlstitch.encoders.internal.block to
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.encoders.internal.checkpoint to
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.encoders.internal.encoder to
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.encoders.internal.graph to
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.encoders.internal.image to
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.encoders.internal.text to
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.encoders.internal.tokenizer to
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.encoders.internal.trained to
      io.github.djlstitch.zoo;
  exports io.github.djlstitch.encoders.internal.weights to
      io.github.djlstitch.zoo;
}
