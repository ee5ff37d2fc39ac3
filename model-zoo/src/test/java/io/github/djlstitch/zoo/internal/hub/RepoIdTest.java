// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RepoIdTest {
  private static final String LONG = "org/" + "x".repeat(300);

  @Test
  void readsNamesAndRevisions() {
    RepoId plain = RepoId.model("google/vit-base-patch16-224");
    assertEquals("google/vit-base-patch16-224", plain.id());
    assertEquals("main", plain.revision());
    assertEquals("gpt2", RepoId.model("gpt2").id());
    RepoId parquet = RepoId.dataset("uoft-cs/cifar100@refs/convert/parquet");
    assertEquals("refs/convert/parquet", parquet.revision());
    assertEquals("datasets--uoft-cs--cifar100", parquet.folder());
    assertEquals(
        "datasets/uoft-cs/cifar100/resolve/refs%2Fconvert%2Fparquet/a%20b/0.parquet",
        parquet.filePath("a b/0.parquet"));
    assertTrue(plain.at("0123456789abcdef0123456789abcdef01234567").isPinned());
    assertEquals("a/b@v1.0", RepoId.model("a/b@v1.0").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "a/",
        "/a",
        "../../etc",
        "..",
        ".",
        "a/..",
        "C:\\x",
        "C:/x",
        "\\\\host\\share",
        "CON",
        "org/con",
        "nul.txt",
        "name.",
        "org./name",
        ".hidden",
        "-name",
        "name-",
        "a--b",
        "a..b",
        "a/b/c",
        "a/name.git",
        "gооgle/vit", // Cyrillic
        "google∕vit",
        "a b",
        "a\nb",
        "a\u001b[31mb",
        "a%2fb",
        "~/x"
      })
  void refusesWhatIsNoName(String text) {
    HubFailures.fails(Kind.USAGE, () -> RepoId.model(text), "repository '");
  }

  @Test
  void refusesLongNamesShortly() {
    var e = HubFailures.fails(Kind.USAGE, () -> RepoId.model(LONG), "longer than 96");
    assertTrue(e.getMessage().length() < 300, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "../x", "a..b", "/main", "main/", "a//b", "a b", "a\nb", "x.lock", "é"})
  void refusesWhatIsNoRevision(String revision) {
    HubFailures.fails(Kind.USAGE, () -> RepoId.model("org/name@" + revision), "revision '");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "./x",
        "C:\\x",
        "C:x",
        "a\\b",
        "\\\\host\\x",
        "NUL",
        "a/aux.json",
        "x.",
        "a\nb",
        "a\u0000b"
      })
  void refusesFilesOutsideTheRepository(String file) {
    HubFailures.fails(
        Kind.BAD_INPUT, () -> RepoFile.check(RepoId.model("org/name"), file), "relative path");
  }
}
