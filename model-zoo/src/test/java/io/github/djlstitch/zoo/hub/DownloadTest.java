// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DownloadTest {
  private static final byte[] BYTES = "an archive".repeat(5000).getBytes(StandardCharsets.UTF_8);
  private static final String SHA256 = FakeHub.digest("SHA-256", BYTES);

  private final List<String> warnings = new ArrayList<>();
  private FakeHub fake;
  private Path target;
  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    fake = new FakeHub().changing((request, reply) -> Reply.of(200, BYTES));
    target = folder.resolve("data/cifar.tar.gz");
  }

  @AfterEach
  void stop() throws IOException {
    fake.close();
  }

  private Path file(String sha256, long size) {
    return Download.open(fake.options(folder, warnings), wait -> {})
        .file(URI.create(fake.other() + "/cifar.tar.gz"), sha256, size, target);
  }

  @Test
  void aFileIsDownloadedOnce() throws IOException {
    assertEquals(target, file(SHA256, BYTES.length));
    assertArrayEquals(BYTES, Files.readAllBytes(target));
    file(SHA256, BYTES.length);
    assertEquals(1, fake.requests().size());
    Files.writeString(target, "damaged");
    file(SHA256, BYTES.length);
    assertArrayEquals(BYTES, Files.readAllBytes(target));
    assertTrue(warnings.get(0).contains("damaged"));
  }

  @Test
  void otherBytesAreDropped() throws IOException {
    HubFailures.verification(() -> file("0".repeat(64), BYTES.length), "checksum");
    HubFailures.verification(() -> file(SHA256, 7), "cifar.tar.gz");
    assertFalse(Files.exists(target));
    try (var left = Files.list(target.resolveSibling(""))) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void offlineItNamesTheFile() {
    HubOptions offline = fake.options(folder, warnings).withOffline(true);
    URI source = URI.create(fake.other() + "/x");
    HubFailures.unavailable(
        () -> Download.open(offline).file(source, SHA256, 10, target), "cifar.tar.gz", "--offline");
    assertEquals(List.of(), fake.requests());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "jar:file:/x.jar!/y",
        "ftp://example.org/x",
        "http://example.org/x",
        "http://[::1]/x",
        "http://169.254.169.254/x",
        "https://2130706433/x",
        "https://localhost/x"
      })
  void otherAddressesAreRefused(String address) {
    HubOptions options = HubOptions.from(Map.of(), folder);
    HubFailures.fails(
        Kind.UNAVAILABLE,
        () -> Download.open(options).file(URI.create(address), SHA256, 10, target),
        "refused");
  }
}
