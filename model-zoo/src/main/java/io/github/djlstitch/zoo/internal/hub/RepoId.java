// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A repository on the Hugging Face Hub at a revision. Everything in it is fit for a URL and for a
 * file name on every system.
 *
 * @param kind models or data sets
 * @param id {@code org/name}, or {@code name} for the oldest ones
 * @param revision branch, tag, {@code refs/pr/1}, or the 40 hexadecimal digits of a commit
 */
public record RepoId(Kind kind, String id, String revision) {
  private static final int LONGEST_ID = 96;
  private static final int LONGEST_REVISION = 200;
  private static final String MAIN = "main";
  private static final String WORD = "[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?";
  private static final Pattern ID = Pattern.compile("(?:" + WORD + "/)?" + WORD);
  private static final Pattern REVISION =
      Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9._+/-]*[A-Za-z0-9_+-])?");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** The kinds of repositories. */
  public enum Kind {
    /** Weights, tokenizers and their cards. */
    MODEL("models", ""),
    /** Data sets. */
    DATASET("datasets", "datasets/");

    private final String plural;
    private final String urlPrefix;

    Kind(String plural, String urlPrefix) {
      this.plural = plural;
      this.urlPrefix = urlPrefix;
    }
  }

  /**
   * Checks the names.
   *
   * @throws StitchException (usage) if the id or the revision is not a name the Hub can have
   */
  public RepoId {
    require(id.length() <= LONGEST_ID, id, "is longer than " + LONGEST_ID + " characters");
    require(ID.matcher(id).matches(), id, "is not made of A-Z a-z 0-9 . _ - with at most one '/'");
    require(!id.contains("--") && !id.contains(".."), id, "contains '--' or '..'");
    require(!id.endsWith(".git"), id, "ends in '.git'");
    for (String segment : id.split("/", -1)) {
      require(!RepoFile.isDevice(segment), id, "is a device on Windows");
    }
    requireRevision(id, revision);
  }

  /** A model: {@code org/name}, {@code name} or {@code org/name@revision}. */
  public static RepoId model(String text) {
    return parse(Kind.MODEL, text);
  }

  /** A data set: {@code org/name}, {@code name} or {@code org/name@revision}. */
  public static RepoId dataset(String text) {
    return parse(Kind.DATASET, text);
  }

  private static RepoId parse(Kind kind, String text) {
    int at = text.indexOf('@');
    return at < 0
        ? new RepoId(kind, text, MAIN)
        : new RepoId(kind, text.substring(0, at), text.substring(at + 1));
  }

  /** The same repository at another revision. */
  public RepoId at(String otherRevision) {
    return new RepoId(kind, id, otherRevision);
  }

  /** Returns true if the revision is a commit, whose files never change. */
  public boolean isPinned() {
    return isCommit(revision);
  }

  /** {@code org/name@revision}, with a commit cut to 12 digits. */
  @Override
  public String toString() {
    return id + "@" + (isPinned() ? revision.substring(0, 12) : revision);
  }

  /** Folder in the cache. */
  String folder() {
    return kind.plural + "--" + id.replace("/", "--");
  }

  /** Address below the endpoint of a file. */
  String filePath(String file) {
    return kind.urlPrefix + id + "/resolve/" + Urls.encode(revision) + "/" + Urls.encodePath(file);
  }

  /** Address below the endpoint of the list of files. */
  String listPath() {
    return "api/" + kind.plural + "/" + id + "/revision/" + Urls.encode(revision);
  }

  /** Returns true for a commit's 40 hexadecimal digits. */
  static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  private static void require(boolean ok, String id, String what) {
    if (!ok) {
      throw StitchException.usage(
          "repository '%s' %s; expected a name such as 'google/vit-base-patch16-224' or"
              + " 'org/name@revision'",
          Printable.of(id), what);
    }
  }

  private static void requireRevision(String id, String revision) {
    boolean ok =
        revision.length() <= LONGEST_REVISION
            && REVISION.matcher(revision).matches()
            && Stream.of(revision.split("[/.]", -1)).noneMatch(String::isEmpty)
            && !revision.endsWith(".lock");
    if (!ok) {
      throw StitchException.usage(
          "revision '%s' of '%s' is not a branch, a tag or 40 digits of a commit; expected for"
              + " example '%s@main'",
          Printable.of(revision), id, id);
    }
  }
}
