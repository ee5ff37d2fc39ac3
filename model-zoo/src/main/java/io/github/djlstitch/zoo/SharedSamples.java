// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.encoders.image.ImageSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds samples that are the same: of the same id, or of the same content, which is the text or the
 * bytes of the image. Ids that only count rows say nothing.
 */
final class SharedSamples {
  private static final Pattern COUNTED = Pattern.compile("(row|line|train|test)-\\d+");

  private final Set<String> ids = new HashSet<>();
  private final Set<String> contents = new HashSet<>();

  private SharedSamples() {}

  static SharedSamples of(Collection<? extends Sample<?>> samples) {
    var shared = new SharedSamples();
    for (Sample<?> sample : samples) {
      shared.ids.add(sample.id());
      shared.contents.add(content(sample.input()));
    }
    return shared;
  }

  private static String content(Object input) {
    if (input instanceof ImageSource image) {
      Sha256 digest = Sha256.builder();
      image.addTo(digest);
      return "image " + digest.hex();
    }
    return "text " + input;
  }

  /** The ids of those of other samples that are the same as one of these. */
  Set<String> among(Collection<? extends Sample<?>> others) {
    return others.stream().filter(this::has).map(Sample::id).collect(Collectors.toSet());
  }

  private boolean has(Sample<?> sample) {
    boolean named = ids.contains(sample.id()) && !COUNTED.matcher(sample.id()).matches();
    return named || contents.contains(content(sample.input()));
  }
}
