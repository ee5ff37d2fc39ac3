// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Downloads a file's bytes, and resumes after a broken connection. */
final class Transfer {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int BAD_RANGE = 416;
  // So much between two failures shows that the connection is worth another five tries.
  private static final long WORTH = 1 << 20;

  private final Web web;
  private final Pause pause;
  private final Duration timeout;
  private final Progress progress;

  Transfer(Web web, Pause pause, HubOptions options) {
    this.web = web;
    this.pause = pause;
    this.timeout = options.downloadTimeout();
    this.progress = options.progress();
  }

  /**
   * Fills a file with the bytes at an address.
   *
   * @throws IOException if all tries failed
   */
  void fill(PartialFile file, URI place) throws IOException {
    var retries = new Retries(pause);
    progress.at(task(file), 0, file.size());
    while (file.count() < file.size()) {
      long before = file.count();
      try {
        once(file, place);
      } catch (IOException e) {
        if (file.count() - before >= WORTH) {
          retries.reset();
        }
        retries.after(e);
      }
    }
  }

  private void once(PartialFile file, URI place) throws IOException {
    try (Answer answer = web.ask(Web.Verb.GET, place, file.count(), timeout, location -> true)) {
      answer.requireReady();
      align(file, answer);
      answer.requirePlain();
      copy(answer.body(), file);
    }
  }

  /** Makes the file end where the answer begins. */
  private static void align(PartialFile file, Answer answer) throws IOException {
    if (answer.status() == PARTIAL) {
      String range = "bytes " + file.count() + "-" + (file.size() - 1) + "/" + file.size();
      String found = answer.header("Content-Range").orElse("");
      if (!found.equals(range)) {
        file.restart();
        throw new IOException("the server sent another range than requested");
      }
      return;
    }
    if (answer.status() == BAD_RANGE) {
      file.restart();
      throw new IOException("the server refused the requested range");
    }
    if (answer.status() != OK) {
      throw HubFailure.ofFile(file.name(), answer);
    }
    if (file.count() > 0) {
      file.restart();
    }
    OptionalLong announced = answer.number("Content-Length");
    if (announced.isPresent() && announced.getAsLong() != file.size()) {
      throw StitchException.verification(
          "'%s' should have %d bytes but '%s' announces %d; try again later",
          file.name(), file.size(), Urls.shown(answer.uri()), announced.getAsLong());
    }
  }

  private void copy(Body body, PartialFile file) throws IOException {
    for (List<ByteBuffer> part = body.next(); !part.isEmpty(); part = body.next()) {
      for (ByteBuffer bytes : part) {
        file.append(bytes);
      }
      progress.at(task(file), file.count(), file.size());
    }
    if (file.count() < file.size()) {
      throw new IOException("it ended after " + file.count() + " of " + file.size() + " bytes");
    }
  }

  private static String task(PartialFile file) {
    return "download " + file.name();
  }
}
