// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.text.Prefixes;
import io.github.djlstitch.encoders.internal.text.TextConfig;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.github.djlstitch.encoders.options.EncoderOptions.StateScale;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An encoder whose files come with the build.
 *
 * @param name name that users type
 * @param weights ONNX file on the class path whose initializers are the weights
 * @param tokenizer {@code tokenizer.json} on the class path
 * @param config sizes of the network
 * @param pooling token states to vector
 * @param prefixes put before texts
 * @param maxTokens longest sequence, special tokens included
 * @param trainedOn the texts of its training, in a few words
 * @param licence SPDX identifier of the weights' license
 * @param origin address at which the weights were published
 * @param source Maven artifact that holds the files
 */
record EmbeddedCard(
    String name,
    Resource weights,
    Resource tokenizer,
    TextConfig config,
    Pooling pooling,
    Prefixes prefixes,
    int maxTokens,
    String trainedOn,
    String licence,
    String origin,
    String source)
    implements ModelCard {
  // Raised when the program computes other values than before.
  private static final int PROGRAM_VERSION = 1;

  /**
   * A file on the class path.
   *
   * @param name its path there
   * @param sha256 digest of its bytes
   */
  public record Resource(String name, String sha256) {}

  @Override
  public String reads() {
    return "texts";
  }

  @Override
  public int width() {
    return config.width();
  }

  @Override
  public Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("layers", Integer.toString(config.layers()));
    details.put("pooling", pooling.id());
    details.put("prefix", quoted(prefixes.usual()));
    for (Role role : Role.values()) {
      String own = prefixes.byRole().get(role);
      if (own != null) {
        details.put("prefix for --role " + role.id(), quoted(own));
      }
    }
    details.put("maximum tokens", Integer.toString(maxTokens));
    details.put("files from", source);
    details.put("weights sha256", weights.sha256());
    details.put("tokenizer sha256", tokenizer.sha256());
    return details;
  }

  private static String quoted(String prefix) {
    return prefix.isEmpty() ? "none" : '"' + prefix + '"';
  }

  /** Digest of everything that decides the vectors in that number type, read there. */
  String sha256(NumberType numbers, Readout readout) {
    return sha256(numbers, readout, Optional.empty(), prefixes.usual());
  }

  /** The same for states that are multiplied, and texts behind that prefix. */
  String sha256(NumberType numbers, Readout readout, Optional<StateScale> scale, String prefix) {
    Sha256 digest =
        Sha256.builder()
            .add(PROGRAM_VERSION)
            .add(weights.sha256())
            .add(tokenizer.sha256())
            .add(readout.pooling().id())
            .add(prefix)
            .add(maxTokens)
            .add(numbers.id());
    if (readout.layer() != Readout.LAST_LAYER) {
      digest.add(readout.layer());
    }
    if (!readout.unitLength()) {
      digest.add("own length");
    }
    scale.ifPresent(s -> digest.add(s.id()));
    return digest.hex();
  }
}
