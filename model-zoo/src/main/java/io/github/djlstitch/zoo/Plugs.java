// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.BridgeOptions;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.Stitching;
import io.github.djlstitch.decoders.AnchorInputs;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.Standalone;
import io.github.djlstitch.encoders.EncodedImage;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.encoders.image.ImageSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Plugs encoders into heads that stand alone: the anchors are encoded from the head's file, its
 * training data are not touched. Encoded anchors are kept like any other encoding. Thread-safe.
 */
final class Plugs {
  private final Encodings encodings;
  private final Consumer<String> warnings;

  Plugs(Encodings encodings, Consumer<String> warnings) {
    this.encodings = encodings;
    this.warnings = warnings;
  }

  /** A text encoder in a head. */
  StitchedClassifier<String> texts(
      EncoderEntry entry, ClassifierHead head, Optional<Method> wanted) {
    return plug(
        entry,
        head,
        wanted,
        entry::openForTexts,
        Plugs::independent,
        inputs -> texts(entry, head, inputs));
  }

  /** An image encoder in a head. */
  StitchedClassifier<ImageSource> images(
      EncoderEntry entry, ClassifierHead head, Optional<Method> wanted) {
    return plug(
        entry,
        head,
        wanted,
        entry::openForImages,
        UnaryOperator.identity(),
        inputs -> images(entry, head, inputs));
  }

  private <I> StitchedClassifier<I> plug(
      EncoderEntry entry,
      ClassifierHead head,
      Optional<Method> wanted,
      Supplier<Encoder<I>> opener,
      UnaryOperator<Encoder<I>> alone,
      Function<AnchorInputs, List<I>> reader) {
    Standalone known = standalone(head);
    Method method = wanted.orElseGet(() -> usual(entry, head.spec()));
    boolean own = isOwn(entry, head.spec());
    List<I> anchors = own ? List.of() : reader.apply(inputs(entry, head, known));
    Encoder<I> encoder = opener.get();
    try {
      AnchoredSpace space =
          own ? known.space() : encoded(entry, head.spec(), known, anchors, alone.apply(encoder));
      var options = BridgeOptions.defaults();
      return new StitchedClassifier<>(
          encoder, Stitching.of(method, space, known.space(), options, head));
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  // The same anchors on every machine and for every number of threads.
  private static Encoder<String> independent(Encoder<String> encoder) {
    return encoder instanceof TextEncoder texts ? texts.independent() : encoder;
  }

  /** The samples that a head's anchors are made of, as an encoder sees them. */
  LatentSpace samples(EncoderEntry entry, ClassifierHead head) {
    Standalone known = standalone(head);
    AnchorInputs inputs = inputs(entry, head, known);
    boolean images = entry.readsImages() && !(entry.readsTexts() && inputs.images().isEmpty());
    return images
        ? samples(entry, known, images(entry, head, inputs), entry::openForImages)
        : samples(entry, known, texts(entry, head, inputs), entry::openForTexts);
  }

  private <I> LatentSpace samples(
      EncoderEntry entry, Standalone known, List<I> inputs, Supplier<Encoder<I>> opener) {
    try (var encoder = new LazyEncoder<>(opener)) {
      return encodings.anchors(entry, known, inputs, encoder::get);
    }
  }

  private <I> AnchoredSpace encoded(
      EncoderEntry entry, DecoderSpec spec, Standalone known, List<I> inputs, Encoder<I> encoder) {
    LatentSpace samples = encodings.anchors(entry, known, inputs, () -> encoder);
    FloatMatrix vectors = samples.anchors(own(spec.anchors())); // (M, D)
    return new AnchoredSpace(vectors, vectors);
  }

  // Among the samples of the head's file, whichever data set they once came from.
  static Anchors own(Anchors anchors) {
    return new Anchors(anchors.ids(), anchors.prototypes(), "", anchors.strategy(), anchors.seed());
  }

  /** Returns true if it is the encoder that the head was trained on, read in the same way. */
  static boolean isOwn(EncoderEntry entry, DecoderSpec spec) {
    return entry.sha256().equals(spec.training().encoderSha256());
  }

  /** The method that needs nothing but the anchors. */
  private static Method usual(EncoderEntry entry, DecoderSpec spec) {
    return switch (spec.reads()) {
      case RELATIVE -> Method.RELATIVE;
      case PRODUCT -> Method.PRODUCT;
      case ABSOLUTE -> isOwn(entry, spec) ? Method.ABSOLUTE : Method.COORDINATES;
    };
  }

  /** Returns what the head brings along. */
  static Standalone standalone(ClassifierHead head) {
    return head.standalone()
        .orElseThrow(
            () ->
                StitchException.badInput(
                    "'%s' was trained for one grid and has no anchors of its own; 'stitch train'"
                        + " writes heads that stand alone",
                    head.spec().name()));
  }

  private AnchorInputs inputs(EncoderEntry entry, ClassifierHead head, Standalone known) {
    if (head.spec().dependsOnData() && !isOwn(entry, head.spec())) {
      warnings.accept(
          ("'%s' reads statistics of its training data; those of '%s' are estimated from the"
                  + " anchors alone")
              .formatted(head.spec().name(), entry.name()));
    }
    return known
        .inputs()
        .orElseThrow(
            () ->
                StitchException.badInput(
                    "'%s' was saved without the inputs of its %d anchors, which '%s' must read;"
                        + " give them (--anchor-texts FILE), or plug in its own encoder, '%s'",
                    head.spec().name(),
                    head.spec().anchors().count(),
                    entry.name(),
                    head.spec().training().encoder()));
  }

  private static List<String> texts(EncoderEntry entry, ClassifierHead head, AnchorInputs inputs) {
    if (inputs.texts().isEmpty()) {
      throw otherKind(entry, head, "images", "texts");
    }
    return inputs.texts();
  }

  private static List<ImageSource> images(
      EncoderEntry entry, ClassifierHead head, AnchorInputs inputs) {
    if (inputs.images().isEmpty()) {
      throw otherKind(entry, head, "texts", "images");
    }
    return IntStream.range(0, inputs.ids().size())
        .<ImageSource>mapToObj(
            i -> EncodedImage.of("anchor " + inputs.ids().get(i), inputs.images().get(i)))
        .toList();
  }

  private static StitchException otherKind(
      EncoderEntry entry, ClassifierHead head, String has, String reads) {
    return StitchException.usage(
        "the anchors of '%s' are %s but '%s' reads %s; plug in an encoder of %s",
        head.spec().name(), has, entry.name(), reads, has);
  }
}
