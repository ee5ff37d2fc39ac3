// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.zoo.internal.hub.FakeHub;
import io.github.djlstitch.zoo.internal.hub.HubFailures;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HubOptionsTest {
  @TempDir Path home;

  private HubOptions of(Map<String, String> environment) {
    return HubOptions.from(environment, home);
  }

  private Path cache(Map<String, String> environment) {
    return of(environment).cache();
  }

  @Test
  void withoutAnEnvironmentOnlyTheFolderIsOurs() {
    HubOptions ours = HubOptions.in(Path.of("mine"));
    HubOptions theirs = HubOptions.from(Map.of(), Path.of("/no/such/home"));
    assertEquals(Path.of("mine"), ours.cache());
    assertEquals(theirs.endpoint(), ours.endpoint());
    assertEquals(Optional.empty(), ours.token().get());
    assertEquals(theirs.offline(), ours.offline());
    assertEquals(theirs.links(), ours.links());
    assertEquals(theirs.metadataTimeout(), ours.metadataTimeout());
    assertEquals(theirs.downloadTimeout(), ours.downloadTimeout());
  }

  @Test
  void theCacheIsThePythonClients() {
    Path usual = home.resolve(".cache/huggingface/hub");
    assertEquals(usual, cache(Map.of()));
    assertEquals(usual, cache(Map.of("HF_HOME", " ", "HF_HUB_CACHE", "")));
    assertEquals(Path.of("/x/huggingface/hub"), cache(Map.of("XDG_CACHE_HOME", "/x")));
    assertEquals(Path.of("/h/hub"), cache(Map.of("HF_HOME", "/h", "XDG_CACHE_HOME", "/x")));
    var old = Map.of("HUGGINGFACE_HUB_CACHE", "/old", "HF_HOME", "/h");
    assertEquals(Path.of("/old"), cache(old));
    assertEquals(
        Path.of("/new"), cache(Map.of("HF_HUB_CACHE", "/new", "HUGGINGFACE_HUB_CACHE", "/old")));
    assertEquals(home.resolve("c"), cache(Map.of("HF_HUB_CACHE", "~/c")));
    assertEquals(
        Path.of("/data/me/hub"),
        cache(Map.of("HF_HOME", "$BASE/${WHO}", "BASE", "/data", "WHO", "me")));
    assertEquals(Path.of("/a/$NOBODY"), cache(Map.of("HF_HUB_CACHE", "/a/$NOBODY")));
  }

  @Test
  void tokensComeInThePythonClientsOrder() throws IOException {
    Path folder = Files.createDirectories(home.resolve(".cache/huggingface"));
    assertEquals(Optional.empty(), of(Map.of()).token().get());
    Files.writeString(folder.resolve("token"), " hf_file\n");
    assertEquals(Optional.of("hf_file"), of(Map.of()).token().get());
    var old = Map.of("HUGGING_FACE_HUB_TOKEN", "hf_old");
    assertEquals(Optional.of("hf_old"), of(old).token().get());
    var both = Map.of("HF_TOKEN", " hf_new ", "HUGGING_FACE_HUB_TOKEN", "hf_old");
    assertEquals(Optional.of("hf_new"), of(both).token().get());
    var none = Map.of("HF_TOKEN", "hf_new", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "1");
    assertEquals(Optional.empty(), of(none).token().get());
    Files.writeString(home.resolve("mine"), "hf_mine");
    assertEquals(Optional.of("hf_mine"), of(Map.of("HF_TOKEN_PATH", "~/mine")).token().get());
  }

  @Test
  void aTokenThatCannotBeSentIsNotShown() {
    var token = of(Map.of("HF_TOKEN", FakeHub.TOKEN + "\r\nX: y")).token();
    HubFailures.fails(Kind.USAGE, token::get, "HF_TOKEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "ON", "yes", "True"})
  void offlineIsSwitchedOnAsInPython(String value) {
    assertTrue(of(Map.of("HF_HUB_OFFLINE", value)).offline());
    assertTrue(of(Map.of("TRANSFORMERS_OFFLINE", value)).offline());
    assertTrue(of(Map.of("HF_HUB_OFFLINE", value)).withOffline(false).offline());
    assertTrue(of(Map.of()).withOffline(true).offline());
    assertFalse(of(Map.of("HF_HUB_OFFLINE", "0")).offline());
  }

  @Test
  void theEndpointIsSecureOrHere() {
    assertEquals(URI.create("https://huggingface.co"), of(Map.of()).endpoint());
    var mirror = Map.of("HF_ENDPOINT", "https://mirror.example/hf/");
    assertEquals(URI.create("https://mirror.example/hf"), of(mirror).endpoint());
    assertEquals(
        URI.create("http://[::1]:8080"), of(Map.of("HF_ENDPOINT", "http://[::1]:8080")).endpoint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://huggingface.co",
        "http://10.0.0.1",
        "http://localhost.evil.example",
        "ftp://x",
        "file:///etc",
        "huggingface.co",
        "https://",
        "https://me:secret@huggingface.co",
        "http://127.0.0.1 x"
      })
  void otherEndpointsAreRefused(String endpoint) {
    HubFailures.fails(Kind.USAGE, () -> of(Map.of("HF_ENDPOINT", endpoint)), "HF_ENDPOINT");
  }

  @Test
  void timeoutsAreSeconds() {
    assertEquals(Duration.ofSeconds(10), of(Map.of()).metadataTimeout());
    var set = of(Map.of("HF_HUB_ETAG_TIMEOUT", "3", "HF_HUB_DOWNLOAD_TIMEOUT", "60"));
    assertEquals(Duration.ofSeconds(3), set.metadataTimeout());
    assertEquals(Duration.ofSeconds(60), set.downloadTimeout());
    HubFailures.fails(
        Kind.USAGE, () -> of(Map.of("HF_HUB_ETAG_TIMEOUT", "soon")), "HF_HUB_ETAG_TIMEOUT");
  }
}
