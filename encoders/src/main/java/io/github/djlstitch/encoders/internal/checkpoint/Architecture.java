// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.encoders.internal.checkpoint.Family.Naming;
import java.util.Optional;

/**
 * The network architecture of a checkpoint: one class for each built-in family and one for each
 * kind of exported graph. A class answers for texts, for images or for both, so that a new one does
 * not compile before it says everything that a checkpoint asks.
 */
sealed interface Architecture permits TextArchitecture, ImageArchitecture {
  /** Returns timm's architecture or Hugging Face's model type, fit for a message. */
  String name();

  /** Returns false for exported graphs of networks that are not built in, which have no tensors. */
  boolean isBuiltIn();

  /** Returns the modality of its inputs. */
  Modality modality();

  /**
   * Reads the architecture from a configuration.
   *
   * @param exported modality that the folder's other files allow a graph; empty without a graph
   * @throws StitchException (unavailable) naming the nearest known one, if it is another and there
   *     is no graph
   */
  static Architecture of(JsonCard config, Optional<Modality> exported, ModelFolder folder) {
    if (config.gives(Naming.TIMM.field())) {
      String name = config.text(Naming.TIMM.field());
      return Family.named(Naming.TIMM, name)
          .map(family -> family.architecture(name, config))
          .orElseThrow(() -> unknown(Naming.TIMM, name, folder));
    }
    if (!config.gives(Naming.HUGGING_FACE.field())) {
      return exported.map(m -> graph("exported", config, m)).orElseThrow(() -> unnamed(folder));
    }
    String type = config.text(Naming.HUGGING_FACE.field());
    return Family.named(Naming.HUGGING_FACE, type)
        .map(family -> family.architecture(type, config))
        .or(() -> exported.map(m -> graph(type, config, m)))
        .orElseThrow(() -> unknown(Naming.HUGGING_FACE, type, folder));
  }

  private static Architecture graph(String name, JsonCard config, Modality reads) {
    String printable = Printable.of(name);
    return reads.readsImages()
        ? new ExportedImageGraph(printable)
        : new ExportedTextGraph(printable, config);
  }

  private static StitchException unnamed(ModelFolder folder) {
    return StitchException.badInput(
        "'%s' has neither 'model_type' (Hugging Face) nor 'architecture' (timm);"
            + " is it the configuration of an encoder?",
        folder.file(Checkpoint.CONFIG));
  }

  private static StitchException unknown(Naming naming, String name, ModelFolder folder) {
    var known = Family.names(naming);
    return StitchException.unavailable(
        "'%s' has %s '%s', which is not built in; %sknown: %s; others run from onnx/model.onnx",
        folder.file(Checkpoint.CONFIG),
        naming.field(),
        Printable.of(name),
        NearestName.hint(name, known),
        String.join(", ", known));
  }
}
