// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.zoo.hub.HubOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HubTest {
  private static final byte[] WEIGHTS = new byte[300_000];
  private static final String SHA256;

  static {
    new Random(1).nextBytes(WEIGHTS);
    SHA256 = FakeHub.digest("SHA-256", WEIGHTS);
  }

  private final List<String> warnings = new ArrayList<>();
  private FakeHub fake;
  @TempDir Path cache;

  @BeforeEach
  void start() throws IOException {
    fake = new FakeHub().small("config.json", "{\"a\": 1}").large("model.safetensors", WEIGHTS);
  }

  @AfterEach
  void stop() throws IOException {
    fake.close();
  }

  private Hub hub() {
    return Hub.open(fake.options(cache, warnings), wait -> {}, new Disk());
  }

  private Hub offline() {
    return Hub.open(fake.options(cache, warnings).withOffline(true), wait -> {}, new Disk());
  }

  @Test
  void laysFilesOutAsThePythonClientDoes() throws IOException {
    Path file = hub().file(FakeHub.REPO, "model.safetensors");
    assertArrayEquals(WEIGHTS, Files.readAllBytes(file));
    Path repo = cache.resolve("models--org--name");
    assertEquals(repo.resolve("snapshots/" + FakeHub.COMMIT + "/model.safetensors"), file);
    assertEquals(Path.of("../../blobs/" + SHA256), Files.readSymbolicLink(file));
    assertEquals(FakeHub.COMMIT, Files.readString(repo.resolve("refs/main")));
    assertTrue(Files.exists(cache.resolve(".locks/models--org--name/" + SHA256 + ".lock")));
    assertTrue(Files.readString(cache.resolve("CACHEDIR.TAG")).startsWith("Signature: 8a477f59"));
    try (Stream<Path> blobs = Files.list(repo.resolve("blobs"))) {
      assertEquals(List.of(repo.resolve("blobs/" + SHA256)), blobs.toList());
    }
  }

  @Test
  void asksAsThePythonClientDoes() {
    hub().file(FakeHub.REPO, "model.safetensors");
    List<FakeHub.Request> requests = fake.requests();
    assertEquals(List.of("HEAD", "GET"), requests.stream().map(r -> r.method()).toList());
    assertEquals("/org/name/resolve/main/model.safetensors", requests.get(0).path());
    assertEquals("identity", requests.get(0).header("Accept-Encoding"));
    assertEquals("Bearer " + FakeHub.TOKEN, requests.get(0).header("Authorization"));
    assertEquals("identity", requests.get(1).header("Accept-Encoding"));
    assertEquals("", requests.get(1).header("Authorization")); // the bytes are on another host
  }

  @Test
  void smallFilesComeFromTheHubItselfWithTheToken() throws IOException {
    Path file = hub().file(FakeHub.REPO, "config.json");
    assertEquals("{\"a\": 1}", Files.readString(file));
    assertEquals("Bearer " + FakeHub.TOKEN, fake.requests().get(1).header("Authorization"));
  }

  @Test
  void aBranchTakesOneRequestWhenKeptAndACommitNone() {
    hub().file(FakeHub.REPO, "config.json");
    fake.requests();
    hub().file(FakeHub.REPO, "config.json");
    assertEquals(1, fake.requests().size());
    hub().file(FakeHub.REPO.at(FakeHub.COMMIT), "config.json");
    assertEquals(List.of(), fake.requests());
  }

  @Test
  void aSnapshotIsOfOneCommitAndRemembersWhatTheCommitLacks() throws IOException {
    var optional = List.of("modules.json", "sub/tokenizer.json");
    Snapshot snapshot = hub().snapshot(FakeHub.REPO, List.of("config.json"), optional);
    assertEquals(FakeHub.COMMIT, snapshot.repo().revision());
    List<String> asked = fake.requests().stream().map(r -> r.path()).toList();
    assertEquals("/org/name/resolve/" + FakeHub.COMMIT + "/modules.json", asked.get(2));
    Path absent = cache.resolve("models--org--name/.no_exist/" + FakeHub.COMMIT);
    assertEquals(0, Files.size(absent.resolve("sub/tokenizer.json")));
    assertEquals(Optional.empty(), hub().fileIfPresent(snapshot.repo(), "modules.json"));
    assertEquals(List.of(), fake.requests());
    assertEquals(Optional.empty(), hub().fileIfPresent(FakeHub.REPO, "modules.json"));
    HubFailures.unavailable(
        () -> hub().file(FakeHub.REPO, "modules.json"), "no file 'modules.json'", "org/name");
  }

  @Test
  void anotherRevisionOfTheSameCommitTakesNoSecondDownload() throws IOException {
    hub().file(FakeHub.REPO, "model.safetensors");
    fake.requests();
    Path again = hub().file(FakeHub.REPO.at(FakeHub.COMMIT), "model.safetensors");
    assertArrayEquals(WEIGHTS, Files.readAllBytes(again));
    // Another commit with the same bytes only links.
    String other = "f".repeat(40);
    fake.changing((request, reply) -> reply.header("X-Repo-Commit", other));
    Path elsewhere = hub().file(FakeHub.REPO, "model.safetensors");
    assertTrue(elsewhere.toString().contains(other));
    assertTrue(fake.requests().stream().noneMatch(FakeHub.Request::isGet));
    assertEquals(other, Files.readString(cache.resolve("models--org--name/refs/main")));
  }

  @Test
  void withoutLinksTheSnapshotHoldsTheFile() throws IOException {
    HubOptions o = fake.options(cache, warnings);
    var noLinks =
        new HubOptions(
            o.endpoint(),
            o.token(),
            cache,
            false,
            false,
            o.metadataTimeout(),
            o.downloadTimeout(),
            o.progress(),
            o.warnings());
    Path file = Hub.open(noLinks).file(FakeHub.REPO, "model.safetensors");
    assertFalse(Files.isSymbolicLink(file));
    assertArrayEquals(WEIGHTS, Files.readAllBytes(file));
    fake.requests();
    assertEquals(file, Hub.open(noLinks).file(FakeHub.REPO, "model.safetensors"));
    assertEquals(1, fake.requests().size());
    Files.write(file, new byte[300_000]);
    Path mended = Hub.open(noLinks).file(FakeHub.REPO, "model.safetensors");
    assertArrayEquals(WEIGHTS, Files.readAllBytes(mended));
  }

  @Test
  void aDiskWithoutLinksIsServedToo() throws IOException {
    var disk =
        new Disk() {
          @Override
          void link(Path link, Path target) {
            throw new UnsupportedOperationException();
          }
        };
    Hub hub = Hub.open(fake.options(cache, warnings), wait -> {}, disk);
    Path file = hub.file(FakeHub.REPO, "model.safetensors");
    assertArrayEquals(WEIGHTS, Files.readAllBytes(file));
    assertFalse(Files.isSymbolicLink(file));
  }

  @Test
  void aDamagedBlobIsNoticedAndDownloadedAgain() throws IOException {
    Path file = hub().file(FakeHub.REPO, "model.safetensors");
    Files.write(file, new byte[] {1, 2, 3});
    HubFailures.verification(
        () -> offline().file(FakeHub.REPO, "model.safetensors"), "checksum", "--offline");
    RepoId pinned = FakeHub.REPO.at(FakeHub.COMMIT);
    assertArrayEquals(WEIGHTS, Files.readAllBytes(hub().file(pinned, "model.safetensors")));
    assertTrue(warnings.get(0).contains("damaged"), warnings.toString());
  }

  @Test
  void offlineServesWhatIsKeptAndNamesWhatIsNot() {
    HubFailures.unavailable(
        () -> offline().file(FakeHub.REPO, "config.json"),
        "'config.json'",
        "org/name@main",
        cache.toString(),
        "run once without --offline",
        "hf download org/name --revision main config.json");
    Path file = hub().file(FakeHub.REPO, "config.json");
    fake.requests();
    assertEquals(file, offline().file(FakeHub.REPO, "config.json"));
    assertEquals(file, offline().file(FakeHub.REPO.at(FakeHub.COMMIT), "config.json"));
    HubFailures.unavailable(
        () -> offline().snapshot(FakeHub.REPO, List.of("config.json", "x.json"), List.of()),
        "'x.json'");
    Snapshot kept =
        offline().snapshot(FakeHub.REPO, List.of("config.json"), List.of("modules.json"));
    assertEquals(List.of("modules.json"), kept.unknown());
    assertEquals(List.of(), fake.requests());
  }

  @Test
  void whatThePythonClientKeptIsRead() throws IOException {
    Path repo = Files.createDirectories(cache.resolve("models--org--name"));
    Path snapshot = Files.createDirectories(repo.resolve("snapshots/" + FakeHub.COMMIT + "/sub"));
    Files.createDirectories(repo.resolve("refs/refs/pr"));
    Files.writeString(repo.resolve("refs/refs/pr/1"), FakeHub.COMMIT);
    Files.writeString(snapshot.resolve("plain.json"), "{}"); // no link, as on Windows
    Path file = offline().file(FakeHub.REPO.at("refs/pr/1"), "sub/plain.json");
    assertEquals("{}", Files.readString(file));
  }

  @Test
  void aDeadNetworkLeavesWhatIsKept() throws IOException {
    Path file = hub().file(FakeHub.REPO, "config.json");
    HubOptions options = fake.options(cache, warnings);
    fake.close();
    Hub hub = Hub.open(options, wait -> {}, new Disk());
    assertEquals(file, hub.file(FakeHub.REPO, "config.json"));
    assertTrue(warnings.get(0).contains("cannot download org/name@main"), warnings.toString());
    assertTrue(warnings.get(0).contains("using the cached files of"), warnings.toString());
    HubFailures.unavailable(() -> hub.file(FakeHub.REPO, "other.json"), "127.0.0.1");
  }

  @Test
  void ifTheNetworkFailsOnTheWayAllFilesAreOfTheOldCommit() {
    var both = List.of("config.json", "model.safetensors");
    Snapshot old = hub().snapshot(FakeHub.REPO, both, List.of());
    String other = "e".repeat(40);
    fake.changing(
        (request, reply) ->
            request.path().contains("model.safetensors")
                ? Reply.status(503)
                : reply.header("X-Repo-Commit", other));
    assertEquals(old, hub().snapshot(FakeHub.REPO, both, List.of()));
    assertEquals(1, warnings.size(), warnings.toString());
  }

  @Test
  void anOptionalFileThatIsThereIsNotTakenForAbsent() {
    hub().file(FakeHub.REPO, "config.json");
    fake.changing((request, reply) -> request.isGet() ? Reply.status(503) : reply);
    HubFailures.unavailable(
        () -> hub().fileIfPresent(FakeHub.REPO, "model.safetensors"), "cannot download", "503");
  }

  @Test
  void theListOfFilesIsKept() {
    fake.changing(
        (request, reply) ->
            request.path().equals("/api/datasets/org/name/revision/refs/convert/parquet")
                ? Reply.of(
                    200,
                    ("{\"sha\": \""
                            + FakeHub.COMMIT
                            + "\", \"private\": false, \"siblings\":"
                            + " [{\"rfilename\": \"default/train/0000.parquet\"}]}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                : reply);
    RepoId repo = RepoId.dataset("org/name@refs/convert/parquet");
    HubFailures.unavailable(() -> offline().files(repo), "list of files", "--offline");
    Listing listing = hub().files(repo);
    assertEquals(List.of("default/train/0000.parquet"), listing.names());
    assertEquals(FakeHub.COMMIT, listing.repo().revision());
    assertEquals(listing, offline().files(repo));
    assertEquals(listing, offline().files(listing.repo()));
    assertEquals(1, fake.requests().size());
    fake.changing((request, reply) -> Reply.status(500));
    assertEquals(listing, hub().files(repo));
  }
}
