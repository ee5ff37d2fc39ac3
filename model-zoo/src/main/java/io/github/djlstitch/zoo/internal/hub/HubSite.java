// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests to the Hub. Thread-safe. */
final class HubSite {
  private static final int LARGEST_LIST = 64 << 20;

  private final HubOptions options;
  private final Pause pause;
  private final Web web;

  HubSite(HubOptions options, Pause pause) {
    this.options = options;
    this.pause = pause;
    this.web = new Web(options);
  }

  /**
   * Requests the headers of a file. A redirect that names no host is a renamed repository's and is
   * followed; one that does leads to the bytes, and its own headers describe them.
   *
   * @param patient true to try again after a failure
   */
  Answer head(RepoId repo, String path, boolean patient) throws IOException {
    URI uri = uri(repo.filePath(path));
    return patient ? Retries.run(pause, () -> head(uri)) : head(uri);
  }

  private Answer head(URI uri) throws IOException {
    Answer answer = web.ask(Web.Verb.HEAD, uri, 0, options.metadataTimeout(), Urls::isRelative);
    answer.requireReady();
    return answer;
  }

  /**
   * The size of a file; 0 if there is none of that name.
   *
   * @throws StitchException (unavailable) if the repository does not exist or is closed
   */
  long bytes(RepoId repo, String path) throws IOException {
    try (Answer answer = head(repo, path, false)) {
      if (HubFailure.isAbsent(answer)) {
        return 0;
      }
      if (answer.status() >= 400) {
        throw HubFailure.of(repo, path, answer);
      }
      return RemoteFile.of(answer).size();
    }
  }

  /** Downloads a file's bytes. */
  void fill(PartialFile file, URI place) throws IOException {
    new Transfer(web, pause, options).fill(file, place);
  }

  /** The JSON that lists a repository's files. */
  String list(RepoId repo) throws IOException {
    URI uri = uri(repo.listPath());
    return Retries.run(pause, () -> list(repo, uri));
  }

  private String list(RepoId repo, URI uri) throws IOException {
    try (Answer answer =
        web.ask(Web.Verb.GET, uri, 0, options.downloadTimeout(), Urls::isRelative)) {
      answer.requireReady();
      if (answer.status() != 200) {
        throw HubFailure.of(repo, "list of files", answer);
      }
      answer.requirePlain();
      return text(repo, answer.body());
    }
  }

  private static String text(RepoId repo, Body body) throws IOException {
    var out = new ByteArrayOutputStream();
    for (List<ByteBuffer> part = body.next(); !part.isEmpty(); part = body.next()) {
      for (ByteBuffer bytes : part) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.write(copy);
      }
      if (out.size() > LARGEST_LIST) {
        throw StitchException.badInput(
            "the list of files of %s is longer than %d bytes", repo, LARGEST_LIST);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private URI uri(String path) {
    return URI.create(options.endpoint().toString().replaceFirst("/+$", "") + "/" + path);
  }
}
