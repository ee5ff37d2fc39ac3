// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.encoder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The preparation of an encoder's inputs as other libraries do it.
 *
 * @param file name of the file that states it
 * @param content of that file
 * @param texts true for texts, false for images
 * @param settings arguments of DJL's own translator, in order
 * @param differences sentences on what DJL's translator does otherwise than this encoder
 */
public record PortableInput(
    String file,
    String content,
    boolean texts,
    Map<String, String> settings,
    List<String> differences) {
  /** Takes copies, in order. */
  public PortableInput {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    differences = List.copyOf(differences);
  }
}
