// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.encoders.image.ImageSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An opened data set with a view of texts, a view of images, or both. If it has both, they have the
 * same ids, labels, classes and split, so that an image encoder can be stitched to a text decoder
 * on pairs. Immutable; safe for use by several threads.
 *
 * @param texts the texts, if its samples have one
 * @param images the images, if its samples have one, decoded at each use
 * @param notes what users should know: what was left out and the reason, what is odd; a line each
 * @param skipped rows that could not be read and were left out as wanted: place and reason
 */
public record LabelledData(
    Optional<Dataset<String>> texts,
    Optional<Dataset<ImageSource>> images,
    List<String> notes,
    List<String> skipped) {

  /** Checks that there is something to encode, and that two views fit each other. */
  public LabelledData {
    notes = List.copyOf(notes);
    skipped = List.copyOf(skipped);
    if (texts.isEmpty() && images.isEmpty()) {
      throw StitchException.badInput("a data set needs texts or images but has neither");
    }
    if (texts.isPresent() && images.isPresent()) {
      checkParallel(texts.get(), images.get());
    }
  }

  /** Data of which no row was skipped. */
  public LabelledData(
      Optional<Dataset<String>> texts, Optional<Dataset<ImageSource>> images, List<String> notes) {
    this(texts, images, notes, List.of());
  }

  /** A text data set. */
  public static LabelledData ofTexts(Dataset<String> texts) {
    return new LabelledData(Optional.of(texts), Optional.empty(), List.of());
  }

  /** An image data set. */
  public static LabelledData ofImages(Dataset<ImageSource> images) {
    return new LabelledData(Optional.empty(), Optional.of(images), List.of());
  }

  /** Returns the name given by the user. */
  public String name() {
    return dataset().name();
  }

  /** Class names in the order of the label indices. */
  public List<String> classes() {
    return dataset().classes();
  }

  /** Returns one of the views, for the ids, labels, classes and split that both share. */
  public Dataset<?> dataset() {
    return texts.isPresent() ? texts.get() : images.orElseThrow();
  }

  /**
   * The texts.
   *
   * @throws StitchException (usage) if its samples are images only
   */
  public Dataset<String> requireTexts() {
    return texts.orElseThrow(() -> lacks("images", "no texts", "a vision encoder"));
  }

  /**
   * The images.
   *
   * @throws StitchException (usage) if its samples are texts only
   */
  public Dataset<ImageSource> requireImages() {
    return images.orElseThrow(() -> lacks("texts", "no images", "a text encoder"));
  }

  /** The same data with more notes. */
  public LabelledData withNotes(List<String> more) {
    return new LabelledData(
        texts, images, Stream.concat(notes.stream(), more.stream()).toList(), skipped);
  }

  /** The same data with the rows that were skipped. */
  public LabelledData withSkipped(List<String> rows) {
    return new LabelledData(texts, images, notes, rows);
  }

  private StitchException lacks(String has, String lacks, String instead) {
    return StitchException.usage(
        "data set '%s' has %s but %s; use %s or another data set", name(), has, lacks, instead);
  }

  private static void checkParallel(Dataset<?> texts, Dataset<?> images) {
    boolean alike =
        texts.classes().equals(images.classes())
            && sameSamples(texts.train(), images.train())
            && sameSamples(texts.test(), images.test());
    if (!alike) {
      throw StitchException.badInput(
          "data set '%s': texts and images differ in ids, labels or classes; pairs share them",
          texts.name());
    }
  }

  private static boolean sameSamples(
      List<? extends Sample<?>> texts, List<? extends Sample<?>> images) {
    if (texts.size() != images.size()) {
      return false;
    }
    for (int i = 0; i < texts.size(); i++) {
      boolean same =
          texts.get(i).id().equals(images.get(i).id())
              && texts.get(i).label() == images.get(i).label();
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
