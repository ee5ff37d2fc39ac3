// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.zoo.internal.hub.RepoId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An encoder whose files are on the Hugging Face Hub.
 *
 * @param name name that users type
 * @param repo its repository, by commit where one is publicly recorded, else by branch
 * @param reads {@code texts}, {@code images} or {@code both}
 * @param width D
 * @param trainedOn the data of its training, in a few words
 * @param licence SPDX identifier; with {@code (?)} where it was not verified
 * @param note advice before downloading; may be empty
 */
record PublishedCard(
    String name,
    RepoId repo,
    String reads,
    int width,
    String trainedOn,
    String licence,
    String note)
    implements ModelCard {

  @Override
  public String origin() {
    return repo.id();
  }

  @Override
  public Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("revision", repo.revision());
    if (!note.isEmpty()) {
      details.put("note", note);
    }
    return details;
  }
}
