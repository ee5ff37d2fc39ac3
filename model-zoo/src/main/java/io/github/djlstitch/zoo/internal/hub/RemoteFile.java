// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A server's description of a file, from the headers of its response.
 *
 * @param commit commit of the revision, 40 hexadecimal digits
 * @param checksum of its bytes
 * @param size bytes
 * @param place address of its bytes; may be signed, so never shown
 */
record RemoteFile(String commit, Checksum checksum, long size, URI place) {
  /** Reads the answer to HEAD; a redirect's own headers describe what it leads to. */
  static RemoteFile of(Answer answer) {
    String host = Urls.shown(answer.uri());
    Optional<String> etag = answer.header("X-Linked-Etag").or(() -> answer.header("ETag"));
    OptionalLong size = answer.number("X-Linked-Size");
    if (size.isEmpty()) {
      size = answer.number("Content-Length");
    }
    String commit = answer.header("X-Repo-Commit").orElse("");
    if (etag.isEmpty() || size.isEmpty() || !RepoId.isCommit(commit)) {
      throw StitchException.unavailable(
          "'%s' does not answer as the Hub does (X-Repo-Commit, ETag and size of a file); check"
              + " HF_ENDPOINT and the network's proxy",
          host);
    }
    URI place =
        answer.isRedirect()
            ? Web.target(answer.uri(), answer.header("Location").orElseThrow())
            : answer.uri();
    return new RemoteFile(commit, Checksum.ofEtag(host, etag.get()), size.getAsLong(), place);
  }
}
