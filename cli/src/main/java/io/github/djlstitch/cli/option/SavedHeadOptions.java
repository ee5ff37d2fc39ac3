// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadFile;
import io.github.djlstitch.decoders.Standalone;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.internal.data.AnchorTexts;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A saved head, and the way in which another encoder's vectors reach it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class SavedHeadOptions {
  @Option(
      names = "--decoder",
      paramLabel = "HEAD",
      required = true,
      description = "The .safetensors of a head saved by 'stitch train'.")
  Path decoder;

  @Option(
      names = "--anchor-texts",
      paramLabel = "FILE",
      description = {
        "The texts of the anchors of a head saved --without-anchor-inputs: one a",
        "line in their order, or its training data."
      })
  @Nullable Path anchorTexts;

  @Option(
      names = "--method",
      paramLabel = "M",
      description = {
        "How vectors reach the head (default: relative or product if it reads those,",
        "else coordinates, or absolute from its own encoder)."
      })
  @Nullable String method;

  /** The way; empty if it was not given. */
  public Optional<Method> method() {
    return Optional.ofNullable(method).map(Method::named);
  }

  /**
   * The head as it was saved.
   *
   * @throws StitchException (bad input) if the file is none
   */
  public ClassifierHead load() {
    return HeadFile.load(decoder);
  }

  /**
   * The head with the texts of its anchors, if they are in a file of their own.
   *
   * @param reading how that file is read
   * @throws StitchException (bad input) if its texts are not those of the anchors
   */
  public ClassifierHead withAnchorTexts(ClassifierHead head, DatasetOptions reading) {
    if (anchorTexts == null) {
      return head;
    }
    Standalone known =
        head.standalone()
            .orElseThrow(() -> StitchException.badInput("'%s' has no anchors", head.spec().name()));
    return head.with(known.with(AnchorTexts.read(anchorTexts, reading, known.samples())));
  }
}
