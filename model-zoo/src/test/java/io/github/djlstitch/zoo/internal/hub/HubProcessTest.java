// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of the disk, killed processes, and many at once: old or new is there, never half. */
final class HubProcessTest {
  private static final String FILE = "model.safetensors";
  private static final String NEXT = "b".repeat(40);
  private static final int PROCESSES = 4;
  private static final int THREADS = 8;
  private static final int STRIDE = 3; // a process takes its time; faults are tried at all changes
  private static final byte[] OLD = new byte[30_000];
  private static final byte[] NEW = new byte[40_000];

  static {
    new Random(3).nextBytes(OLD);
    new Random(4).nextBytes(NEW);
  }

  private final List<String> warnings = new ArrayList<>();
  private FakeHub fake;
  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    fake = new FakeHub();
  }

  @AfterEach
  void stop() throws IOException {
    fake.close();
  }

  private Hub hub(Path cache, Disk disk) {
    return Hub.open(fake.options(cache, warnings), wait -> {}, disk);
  }

  private byte[] offline(Path cache) throws IOException {
    HubOptions options = fake.options(cache, warnings).withOffline(true);
    return Files.readAllBytes(Hub.open(options).file(FakeHub.REPO, FILE));
  }

  /** A cache that has the old commit, while the Hub has a new one. */
  private Path outdated(String name) {
    Path cache = folder.resolve(name);
    fake.changing((request, reply) -> reply).large(FILE, OLD);
    hub(cache, new Disk()).file(FakeHub.REPO, FILE);
    fake.changing((request, reply) -> reply.header("X-Repo-Commit", NEXT)).large(FILE, NEW);
    return cache;
  }

  private static long unfinished(Path cache) throws IOException {
    try (Stream<Path> all = Files.walk(cache)) {
      return all.filter(p -> p.toString().endsWith(".incomplete")).count();
    }
  }

  @Test
  void whicheverChangeFailsOldOrNewIsThere() throws IOException {
    boolean unharmed = false;
    int failures = 0;
    for (int n = 1; !unharmed; n++) {
      Path cache = outdated("fault" + n);
      var disk =
          new FaultyDisk(
              n,
              () -> {
                throw new IOException("No space left on device");
              });
      try {
        hub(cache, disk).file(FakeHub.REPO, FILE);
      } catch (StitchException e) {
        failures++;
        assertEquals(Kind.RESOURCES, e.kind(), e.getMessage());
        assertTrue(e.getMessage().contains("No space left on device"), e.getMessage());
        assertArrayEquals(OLD, offline(cache));
      }
      assertEquals(0, unfinished(cache));
      assertTrue(Stream.of(OLD, NEW).anyMatch(whole -> equal(cache, whole)));
      hub(cache, new Disk()).file(FakeHub.REPO, FILE);
      assertArrayEquals(NEW, offline(cache));
      unharmed = disk.isUnharmed();
    }
    assertTrue(failures >= 8, "only " + failures);
  }

  private boolean equal(Path cache, byte[] whole) {
    try {
      return Arrays.equals(whole, offline(cache));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whereverAProcessDiesOldOrNewIsThere() throws Exception {
    boolean unharmed = false;
    for (int n = 1; !unharmed; n += STRIDE) {
      Path cache = outdated("kill" + n);
      Process child = HubChild.of(fake.endpoint(), cache, n, false).start();
      String output = HubChild.output(child);
      unharmed = child.waitFor() != HubChild.KILLED;
      assertTrue(Stream.of(OLD, NEW).anyMatch(whole -> equal(cache, whole)), output);
      hub(cache, new Disk()).file(FakeHub.REPO, FILE);
      assertArrayEquals(NEW, offline(cache));
    }
  }

  @Test
  void processesShareACache() throws Exception {
    fake.large(FILE, NEW);
    List<Process> children = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      children.add(HubChild.of(fake.endpoint(), folder, 0, false).start());
    }
    for (Process child : children) {
      String output = HubChild.output(child);
      assertEquals(0, child.waitFor(), output);
      assertArrayEquals(NEW, Files.readAllBytes(Path.of(output.strip())));
    }
    assertEquals(0, unfinished(folder));
    assertEquals(1, fake.requests().stream().filter(FakeHub.Request::isGet).count());
  }

  @Test
  void threadsWithoutLocksShareACache() throws Exception {
    fake.large(FILE, NEW);
    Files.createFile(folder.resolve(".locks")); // so that there can be no lock file
    var threads = Executors.newFixedThreadPool(THREADS);
    try {
      Callable<Path> download = () -> hub(folder, new Disk()).file(FakeHub.REPO, FILE);
      var done = threads.invokeAll(Collections.nCopies(THREADS, download));
      for (var path : done) {
        assertArrayEquals(NEW, Files.readAllBytes(path.get()));
      }
    } finally {
      threads.shutdown();
    }
    assertEquals(0, unfinished(folder));
  }

  @Test
  void offlineOpensNoSocket() throws Exception {
    fake.large(FILE, NEW);
    String trap = "-Djava.nio.channels.spi.SelectorProvider=" + NoSockets.class.getName();
    Process missing = HubChild.of(fake.endpoint(), folder, 0, true, trap).start();
    String why = HubChild.output(missing);
    assertEquals(HubChild.FAILED, missing.waitFor(), why);
    assertTrue(why.startsWith("UNAVAILABLE: 'model.safetensors' of org/name@main"), why);
    Process online = HubChild.of(fake.endpoint(), folder, 0, false, trap).start();
    String trapped = HubChild.output(online);
    assertEquals(NoSockets.OPENED, online.waitFor(), trapped); // the trap works
    Path file = hub(folder, new Disk()).file(FakeHub.REPO, FILE);
    fake.requests();
    Process kept = HubChild.of(fake.endpoint(), folder, 0, true, trap).start();
    assertEquals(file + System.lineSeparator(), HubChild.output(kept));
    assertEquals(List.of(), fake.requests());
  }

  @Test
  void whatKilledProcessesLeftIsSweptAfterADay() throws IOException {
    fake.large(FILE, NEW);
    Path blobs = Files.createDirectories(folder.resolve("models--org--name/blobs"));
    Path stale = Files.createFile(blobs.resolve("abc.0123abcd.incomplete"));
    Path young = Files.createFile(blobs.resolve("abc.0123abce.incomplete"));
    Path resumable = Files.createFile(blobs.resolve("abc.incomplete")); // of older Python clients
    Instant longAgo = Instant.now().minusSeconds(100_000);
    Files.setLastModifiedTime(stale, FileTime.from(longAgo));
    Files.setLastModifiedTime(resumable, FileTime.from(longAgo));
    hub(folder, new Disk()).file(FakeHub.REPO, FILE);
    assertFalse(Files.exists(stale));
    assertTrue(Files.exists(young) && Files.exists(resumable));
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    fake.large(FILE, NEW);
    Path file = Files.createFile(folder.resolve("file"));
    HubFailures.fails(
        Kind.RESOURCES,
        () -> hub(file.resolve("cache"), new Disk()).file(FakeHub.REPO, FILE),
        "cannot write");
  }

  @Test
  void foldersOfTheCacheMayBeLinks() throws IOException {
    fake.large(FILE, NEW);
    Path disk = Files.createDirectories(folder.resolve("disk/blobs"));
    Path cache = Files.createSymbolicLink(folder.resolve("cache"), folder.resolve("disk"));
    Files.createDirectories(cache.resolve("models--org--name"));
    Files.createSymbolicLink(cache.resolve("models--org--name/blobs"), disk);
    Path file = hub(cache, new Disk()).file(FakeHub.REPO, FILE);
    assertArrayEquals(NEW, Files.readAllBytes(disk.resolve(file.toRealPath().getFileName())));
    assertArrayEquals(NEW, offline(cache));
  }

  @Test
  void aReadOnlyCacheServesWhatItHas() throws IOException {
    fake.large(FILE, NEW);
    Path file = hub(folder, new Disk()).file(FakeHub.REPO, FILE);
    Disk readOnly =
        new Disk() {
          @Override
          Path folderOf(Path path) throws IOException {
            throw new java.nio.file.AccessDeniedException(path.toString());
          }
        };
    assertEquals(file, hub(folder, readOnly).file(FakeHub.REPO, FILE));
    // Nothing new but the name of the commit: a warning.
    RepoId tag = FakeHub.REPO.at(FakeHub.COMMIT);
    assertEquals(file, hub(folder, readOnly).file(tag, FILE));
    hub(folder, readOnly).snapshot(tag, List.of(FILE), List.of("absent.json"));
    assertTrue(warnings.get(0).contains("permission denied"), warnings.toString());
  }
}
