// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import java.io.IOException;
import java.net.URI;

/** Turns the Hub's refusals into messages that say what to do. */
final class HubFailure {
  private HubFailure() {}

  /** Returns true if the repository and the revision exist but the file does not. */
  static boolean isAbsent(Answer answer) {
    return answer.status() == 404 && code(answer).equals("EntryNotFound");
  }

  /**
   * Returns true for errors of a repository rather than of a name in it: a cached file may be used
   * then.
   */
  static boolean concernsRepo(Answer answer) {
    return !code(answer).equals("RevisionNotFound") && !code(answer).equals("EntryNotFound");
  }

  /** A refused question about a file or about the list of files. */
  static StitchException of(RepoId repo, String what, Answer answer) {
    String host = Urls.shown(answer.uri());
    return switch (code(answer)) {
      case "EntryNotFound" -> StitchException.unavailable("%s has no file '%s'", repo, what);
      case "RevisionNotFound" ->
          StitchException.unavailable(
              "'%s' has no revision '%s' at '%s'", repo.id(), repo.revision(), host);
      case "GatedRepo" ->
          StitchException.unavailable(
              "%s is gated: accept its license on its page at '%s', then set HF_TOKEN to a token of"
                  + " that account",
              repo, host);
      case "DisabledRepo" -> StitchException.unavailable("'%s' has disabled %s", host, repo);
      default -> other(repo, what, answer);
    };
  }

  private static StitchException other(RepoId repo, String what, Answer answer) {
    String host = Urls.shown(answer.uri());
    if (code(answer).equals("RepoNotFound") || answer.status() == 401) {
      return StitchException.unavailable(
          "no repository '%s' at '%s', or it is private: check the name, and HF_TOKEN if it is"
              + " private",
          repo.id(), host);
    }
    return StitchException.unavailable(
        "'%s' answered %d for '%s' of %s%s", host, answer.status(), what, repo, said(answer));
  }

  /** A refused download. */
  static StitchException ofFile(String name, Answer answer) {
    return StitchException.unavailable(
        "'%s' answered %d for %s%s; try again later",
        Urls.shown(answer.uri()), answer.status(), name, said(answer));
  }

  /** A question or a download that failed on the way. */
  static StitchException ofNetwork(RepoId repo, URI endpoint, IOException failure) {
    if (failure.getCause() instanceof StitchException refusal) {
      return refusal;
    }
    String reason =
        Retries.isUntrusted(failure)
            ? "its certificate is not trusted"
            : String.valueOf(failure.getMessage());
    return StitchException.unavailable(
            "cannot download %s from '%s': %s", repo, Urls.shown(endpoint), reason)
        .because(failure);
  }

  private static String said(Answer answer) {
    return answer.header("X-Error-Message").map(m -> " (" + Printable.of(m) + ")").orElse("");
  }

  private static String code(Answer answer) {
    return answer.header("X-Error-Code").orElse("");
  }
}
