// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.hub.Hub;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A user's request for a data set, which turns a reader's rows into its views.
 *
 * @param spec all that the user wrote; the name of the data set
 * @param rest text after the first colon, or empty
 * @param hub asked only for published data sets without a path
 */
record DatasetRequest(String spec, String rest, DatasetOptions options, Supplier<Hub> hub) {
  /** The rest as a path. */
  Path path() {
    return path(rest);
  }

  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw StitchException.badInput("%s is not a valid path; check it", Excerpt.of(text))
          .because(e);
    }
  }

  LabelledData texts(LabelledRows<String> rows) {
    return texts(rows.split(options));
  }

  /** The texts of a user's own table, with what is odd about them. */
  LabelledData own(LabelledRows<String> rows) {
    LabelledSplit<String> split = rows.split(options).kept(spec, options);
    return LabelledData.ofTexts(textView(split))
        .withNotes(rows.notes())
        .withNotes(Oddities.of(spec, split))
        .withSkipped(rows.bad().reasons());
  }

  LabelledData texts(LabelledSplit<String> split) {
    return LabelledData.ofTexts(textView(split.kept(spec, options)));
  }

  LabelledData images(LabelledRows<ImageSource> rows) {
    return images(rows.split(options));
  }

  LabelledData images(LabelledSplit<ImageSource> split) {
    return LabelledData.ofImages(imageView(split.kept(spec, options)));
  }

  LabelledData pairs(LabelledRows<ImageText> rows) {
    LabelledSplit<ImageText> kept = rows.split(options).kept(spec, options);
    return new LabelledData(
        Optional.of(textView(kept.map(ImageText::text))),
        Optional.of(imageView(kept.map(ImageText::image))),
        List.of());
  }

  private Dataset<String> textView(LabelledSplit<String> split) {
    return Dataset.ofTexts(spec, split.classes(), split.train(), split.test());
  }

  private Dataset<ImageSource> imageView(LabelledSplit<ImageSource> split) {
    return Dataset.of(
        spec, split.classes(), split.train(), split.test(), (digest, image) -> image.addTo(digest));
  }
}
