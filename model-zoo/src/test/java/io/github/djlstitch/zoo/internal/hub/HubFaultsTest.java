// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network does to a download, and what must be left of it: the file, or nothing. */
final class HubFaultsTest {
  private static final String FILE = "model.safetensors";
  private static final byte[] WEIGHTS = new byte[200_000];

  static {
    new Random(2).nextBytes(WEIGHTS);
  }

  private final List<String> warnings = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private final AtomicInteger gets = new AtomicInteger();
  private FakeHub fake;
  @TempDir Path cache;

  @BeforeEach
  void start() throws IOException {
    fake = new FakeHub().small("config.json", "{}").large(FILE, WEIGHTS);
  }

  @AfterEach
  void stop() throws IOException {
    fake.close();
  }

  private Path download() {
    return Hub.open(fake.options(cache, warnings), waits::add, new Disk()).file(FakeHub.REPO, FILE);
  }

  /** Changes the n-th answer with bytes, from 1. */
  private void onGet(BiFunction<Integer, Reply, Reply> change) {
    fake.changing(
        (request, reply) -> request.isGet() ? change.apply(gets.incrementAndGet(), reply) : reply);
  }

  private void onHead(BiFunction<FakeHub.Request, Reply, Reply> change) {
    fake.changing((request, reply) -> request.isGet() ? reply : change.apply(request, reply));
  }

  private void arrives() throws IOException {
    assertArrayEquals(WEIGHTS, Files.readAllBytes(download()));
    nothingUnfinished();
  }

  private StitchException fails(StitchException.Kind kind, String... parts) throws IOException {
    Executable download = this::download;
    StitchException e = HubFailures.fails(kind, download, parts);
    nothingUnfinished();
    try (Stream<Path> all = Files.walk(cache)) {
      assertTrue(all.noneMatch(p -> p.endsWith(FILE)), "something is visible");
    }
    return e;
  }

  private void nothingUnfinished() throws IOException {
    try (Stream<Path> all = Files.walk(cache)) {
      assertEquals(List.of(), all.filter(p -> p.toString().endsWith(".incomplete")).toList());
    }
  }

  private List<String> ranges() {
    return fake.requests().stream()
        .filter(FakeHub.Request::isGet)
        .map(r -> r.header("Range"))
        .toList();
  }

  @Test
  void aDropIsResumed() throws IOException {
    onGet((n, reply) -> n <= 2 ? reply.cutAfter(70_000) : reply);
    arrives();
    List<String> ranges = ranges();
    assertEquals(3, ranges.size());
    assertEquals("", ranges.get(0));
    assertTrue(ranges.get(1).matches("bytes=[1-9][0-9]*-"), ranges.toString());
    assertEquals(List.of(Duration.ofMillis(500), Duration.ofSeconds(1)), waits);
  }

  @Test
  void aWholeAnswerToARangeStartsAgain() throws IOException {
    onGet((n, reply) -> n == 1 ? reply.cutAfter(70_000) : Reply.of(200, WEIGHTS));
    arrives();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes 0-199999/200000", "bytes 5-199999/200000", "rubbish", ""})
  void anotherRangeStartsAgain(String range) throws IOException {
    onGet(
        (n, reply) ->
            n == 1
                ? reply.cutAfter(70_000)
                : n == 2 ? reply.header("Content-Range", range) : reply);
    arrives();
    assertEquals("", ranges().get(2));
  }

  @Test
  void aRefusedRangeStartsAgain() throws IOException {
    onGet((n, reply) -> n == 1 ? reply.cutAfter(70_000) : n == 2 ? Reply.status(416) : reply);
    arrives();
    assertEquals("", ranges().get(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void aBusyServerIsAskedAgain(int status) throws IOException {
    onGet((n, reply) -> n <= 4 ? Reply.status(status) : reply);
    arrives();
    assertEquals(
        List.of(500L, 1000L, 2000L, 4000L), waits.stream().map(w -> w.toMillis()).toList());
  }

  @Test
  void fiveFailuresAreEnough() throws IOException {
    onGet((n, reply) -> Reply.status(503));
    fails(StitchException.Kind.UNAVAILABLE, "cannot download", "503");
    assertEquals(5, gets.get());
  }

  @Test
  void theWaitIsWhatTheServerWishesWithinReason() throws IOException {
    var wishes = List.of("7", "100000", "Fri, 31 Dec 1999 23:59:59 GMT");
    onGet(
        (n, reply) ->
            n <= wishes.size()
                ? Reply.status(429).header("Retry-After", wishes.get(n - 1))
                : reply);
    arrives();
    assertEquals(List.of(7L, 60L, 2L), waits.stream().map(Duration::toSeconds).toList());
  }

  @Test
  void allWaitsTogetherAreBounded() throws IOException {
    var retries = new Retries(waits::add);
    var busy = new TryLater("busy", Duration.ofSeconds(60));
    for (int i = 0; i < 5; i++) {
      retries.after(busy);
      retries.reset();
    }
    assertThrows(TryLater.class, () -> retries.after(busy));
    assertEquals(5, waits.size());
  }

  @Test
  void theQuestionAboutAFileIsAskedAgain() throws IOException {
    var heads = new AtomicInteger();
    onHead((request, reply) -> heads.incrementAndGet() <= 2 ? Reply.status(500) : reply);
    arrives();
    assertEquals(3, heads.get());
  }

  @Test
  void otherBytesOfTheSameLengthAreDropped() throws IOException {
    byte[] other = WEIGHTS.clone();
    other[100_000] ^= 1;
    onGet((n, reply) -> Reply.of(200, other));
    fails(StitchException.Kind.VERIFICATION, "checksum", "org/name@0123456789ab");
    assertEquals(1, gets.get());
  }

  @Test
  void gitsChecksumOfSmallFilesIsChecked() {
    fake.changing(
        (request, reply) -> request.isGet() ? Reply.of(200, new byte[] {'{', ' '}) : reply);
    Hub hub = Hub.open(fake.options(cache, warnings), waits::add, new Disk());
    HubFailures.verification(() -> hub.file(FakeHub.REPO, "config.json"), "checksum");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 199_999, 200_001})
  void anotherSizeThanAnnouncedIsRefused(int size) throws IOException {
    onGet((n, reply) -> Reply.of(200, new byte[size]));
    fails(StitchException.Kind.VERIFICATION, "200000", Integer.toString(size));
  }

  @Test
  void moreBytesThanAnnouncedAreRefused() throws IOException {
    onGet((n, reply) -> Reply.of(200, new byte[300_000]).header("Content-Length", ""));
    fails(StitchException.Kind.VERIFICATION, "more were sent");
  }

  @Test
  void fewerBytesThanTheirLengthAreTakenForADrop() throws IOException {
    onGet((n, reply) -> Reply.of(200, new byte[0]).header("Content-Length", "200000"));
    fails(StitchException.Kind.UNAVAILABLE, "cannot download");
    assertEquals(5, gets.get());
  }

  @Test
  void compressedBytesAreRefused() throws IOException {
    onGet((n, reply) -> reply.header("Content-Encoding", "gzip"));
    fails(StitchException.Kind.UNAVAILABLE, "compressed");
  }

  @Test
  void slowBytesAreGivenUp() {
    onGet((n, reply) -> reply.slow(20));
    Hub hub = Hub.open(impatient(), waits::add, new Disk());
    assertTimeoutPreemptively(
        Duration.ofSeconds(8),
        () ->
            HubFailures.unavailable(
                () -> hub.file(FakeHub.REPO, FILE), "fewer than 4096 bytes in"));
  }

  @Test
  void aSilentServerIsGivenUp() {
    fake.changing(
        (request, reply) -> {
          try {
            Thread.sleep(10_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return reply;
        });
    Hub hub = Hub.open(impatient(), waits::add, new Disk());
    assertTimeoutPreemptively(
        Duration.ofSeconds(8),
        () -> HubFailures.unavailable(() -> hub.file(FakeHub.REPO, FILE), "no answer"));
  }

  private HubOptions impatient() {
    HubOptions o = fake.options(cache, warnings);
    return new HubOptions(
        o.endpoint(),
        o.token(),
        cache,
        false,
        true,
        Duration.ofMillis(100),
        Duration.ofMillis(100),
        o.progress(),
        o.warnings());
  }

  @Test
  void redirectsInACircleEnd() throws IOException {
    onGet((n, reply) -> Reply.redirect("/cdn/" + n));
    fails(StitchException.Kind.UNAVAILABLE, "redirects more than 10 times");
    onHead((request, reply) -> Reply.redirect("/again"));
    fails(StitchException.Kind.UNAVAILABLE, "redirects more than 10 times");
  }

  @Test
  void aRenamedRepositoryIsFollowed() throws IOException {
    fake.changing(
        (request, reply) ->
            request.path().startsWith("/old/")
                ? Reply.status(307)
                    .header("Location", request.path().replace("/old/former", "/org/name"))
                : reply);
    Hub hub = Hub.open(fake.options(cache, warnings), waits::add, new Disk());
    Path file = hub.file(RepoId.model("old/former"), FILE);
    assertArrayEquals(WEIGHTS, Files.readAllBytes(file));
    assertTrue(file.toString().contains("models--old--former"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/x?verysecret",
        "ftp://localhost/x",
        "file:///etc/passwd",
        "http://user:verysecret@localhost/x",
        "http://[bad verysecret",
        "http://169.254.169.254/latest/verysecret"
      })
  void redirectsToAnythingButHttpsAreRefused(String location) throws IOException {
    onHead((request, reply) -> reply.header("Location", location));
    fails(StitchException.Kind.UNAVAILABLE);
    onGet((n, reply) -> Reply.redirect(location));
    fails(StitchException.Kind.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Linked-Etag", "X-Repo-Commit", "X-Linked-Size"})
  void allThreeFactsAboutAFileAreNeeded(String header) throws IOException {
    onHead(
        (request, reply) ->
            reply.header(header, "").header("ETag", "").header("Content-Length", ""));
    fails(StitchException.Kind.UNAVAILABLE, "does not answer as the Hub does", "HF_ENDPOINT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "abc", "99999999999999999999"})
  void aSizeMustBeANumber(String size) throws IOException {
    onHead((request, reply) -> reply.header("X-Linked-Size", size));
    fails(StitchException.Kind.UNAVAILABLE, "X-Linked-Size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"abc\"", "../../x", "d41d8cd98f00b204e9800998ecf8427e"})
  void anETagThatVerifiesNothingIsRefused(String etag) throws IOException {
    onHead((request, reply) -> reply.header("X-Linked-Etag", etag));
    fails(StitchException.Kind.VERIFICATION, "could not be verified");
  }

  @Test
  void aSizeBeyondTheDiskIsRefusedBeforeTheDownload() throws IOException {
    onHead((request, reply) -> reply.header("X-Linked-Size", "999999999999999999"));
    fails(StitchException.Kind.RESOURCES, "999999999999999999", "free");
    assertEquals(List.of(), ranges());
  }

  @Test
  void hugeHeadersAreRefused() throws IOException {
    onHead((request, reply) -> reply.header("X-Filler", "x".repeat(100_000)));
    fails(StitchException.Kind.UNAVAILABLE, "headers");
    onHead((request, reply) -> reply.header("X-Filler", "x".repeat(3_000_000)));
    fails(StitchException.Kind.UNAVAILABLE);
  }

  @Test
  void theHubsErrorsAreExplained() throws IOException {
    refuses(404, "RepoNotFound", "no repository 'org/name'", "HF_TOKEN");
    refuses(401, "RepoNotFound", "no repository 'org/name'");
    refuses(401, "", "HF_TOKEN");
    refuses(404, "RevisionNotFound", "no revision 'main'");
    refuses(403, "GatedRepo", "gated", "accept its license", "HF_TOKEN");
    refuses(401, "GatedRepo", "gated");
    refuses(404, "EntryNotFound", "no file 'model.safetensors'");
    refuses(418, "", "418");
  }

  private void refuses(int status, String code, String... parts) throws IOException {
    onHead((request, reply) -> Reply.error(status, code));
    fails(StitchException.Kind.UNAVAILABLE, parts);
  }

  @Test
  void aRefusedRepositoryLeavesWhatIsKept() throws IOException {
    Path file = download();
    onHead((request, reply) -> Reply.error(403, "GatedRepo"));
    assertEquals(file, download());
    assertTrue(warnings.get(0).contains("gated"), warnings.toString());
  }

  @Test
  void theAnswerToACommitIsOfThatCommit() {
    onHead((request, reply) -> reply.header("X-Repo-Commit", "a".repeat(40)));
    Hub hub = Hub.open(fake.options(cache, warnings), waits::add, new Disk());
    HubFailures.verification(
        () -> hub.file(FakeHub.REPO.at(FakeHub.COMMIT), FILE), "another commit");
  }

  @Test
  void aServerWithoutTlsIsNotAskedInTheClear() {
    HubOptions o = fake.options(cache, warnings);
    var secure =
        new HubOptions(
            URI.create("https://127.0.0.1:" + fake.endpoint().getPort()),
            o.token(),
            cache,
            false,
            true,
            o.metadataTimeout(),
            o.downloadTimeout(),
            o.progress(),
            o.warnings());
    Hub hub = Hub.open(secure, waits::add, new Disk());
    HubFailures.unavailable(() -> hub.file(FakeHub.REPO, FILE), "cannot download");
    assertEquals(List.of(), fake.requests());
  }

  @Test
  void theTokenNeverLeavesTheEndpoint() throws IOException {
    onGet((n, reply) -> n == 1 ? Reply.redirect(fake.endpoint() + "/cdn/back") : Reply.status(403));
    fails(StitchException.Kind.UNAVAILABLE, "403");
    for (FakeHub.Request request : fake.requests()) {
      boolean endpoint = request.header("Host").startsWith("127.0.0.1");
      assertEquals(endpoint ? "Bearer " + FakeHub.TOKEN : "", request.header("Authorization"));
    }
    assertFalse(fake.options(cache, warnings).toString().contains(FakeHub.TOKEN));
  }
}
