// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.zoo.hub.HubOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/**
 * A Hub on this machine: {@code 127.0.0.1} answers about files, {@code localhost}, another host by
 * name, sends the large ones. Tests change its answers.
 */
public final class FakeHub implements AutoCloseable {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  public static final String TOKEN = "hf_secretSecretSecret";
  static final RepoId REPO = RepoId.model("org/name");

  private final ServerSocket socket;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            var thread = new Thread(task, "fake hub");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Reply> heads = new ConcurrentHashMap<>();
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile BiFunction<Request, Reply, Reply> change = (request, reply) -> reply;

  /**
   * What was asked.
   *
   * @param path decoded
   * @param headers by lower-case name
   */
  record Request(String method, String path, Map<String, String> headers) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    boolean isGet() {
      return method.equals("GET");
    }
  }

  /** Listens until it is closed. */
  public FakeHub() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::listen);
  }

  /** Publishes a small file of the branch {@code main}. */
  public FakeHub small(String file, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    blobs.put(path(file), bytes);
    heads.put(path(file), described(Reply.of(200, bytes)).header("ETag", '"' + git(bytes) + '"'));
    return this;
  }

  /** Publishes a large file, which another host sends. */
  public FakeHub large(String file, byte[] bytes) {
    String sha256 = digest("SHA-256", bytes);
    blobs.put("/cdn/" + sha256, bytes);
    heads.put(
        path(file),
        described(Reply.redirect(other() + "/cdn/" + sha256 + "?signature=verysecret"))
            .header("X-Linked-Etag", '"' + sha256 + '"')
            .header("X-Linked-Size", Integer.toString(bytes.length))
            .header("ETag", "W/\"0000\""));
    return this;
  }

  /** Publishes a file of any repository; of data sets the path begins with {@code datasets/}. */
  public FakeHub of(String repository, String revision, String file, byte[] bytes) {
    String path = "/" + repository + "/resolve/" + revision + "/" + file;
    blobs.put(path, bytes);
    String commit = RepoId.isCommit(revision) ? revision : COMMIT;
    heads.put(
        path,
        Reply.of(200, bytes)
            .header("X-Repo-Commit", commit)
            .header("ETag", '"' + git(bytes) + '"'));
    return this;
  }

  /** How often bytes were asked for, rather than facts about them, since the last call. */
  public long downloads() {
    return requests().stream().filter(Request::isGet).count();
  }

  /** Lets a test put faults into answers. */
  FakeHub changing(BiFunction<Request, Reply, Reply> newChange) {
    change = newChange;
    return this;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  String other() {
    return "http://localhost:" + socket.getLocalPort();
  }

  /** How often something was asked since the last call. */
  public int count() {
    return requests().size();
  }

  /** What was asked since the last call. */
  List<Request> requests() {
    List<Request> copy = List.copyOf(requests);
    requests.clear();
    return copy;
  }

  /** Options for a client of this Hub. */
  public HubOptions options(Path cache, List<String> warnings) {
    return new HubOptions(
        endpoint(),
        () -> Optional.of(TOKEN),
        cache,
        false,
        true,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        (task, done, total) -> {},
        warnings::add);
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      Request request = read(client);
      requests.add(request);
      Reply reply = change.apply(request, normal(request));
      reply.write(client.getOutputStream(), request.isGet());
    } catch (IOException | InterruptedException | RuntimeException e) {
      // The client hung up, as some tests want.
    }
  }

  private static Request read(Socket client) throws IOException {
    var in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    String[] first = String.valueOf(in.readLine()).split(" ", -1);
    Map<String, String> headers = new TreeMap<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    return new Request(first[0], URLDecoder.decode(first[1], StandardCharsets.UTF_8), headers);
  }

  private Reply normal(Request request) {
    String path = request.path().replaceFirst("\\?.*", "");
    String main = path.replace("/resolve/" + COMMIT + "/", "/resolve/main/");
    byte[] bytes = blobs.get(main);
    if (request.isGet() && bytes != null) {
      Reply whole = Reply.of(200, bytes);
      String range = request.header("Range").replaceAll("\\D", "");
      return range.isEmpty() ? whole : whole.from(Integer.parseInt(range));
    }
    return heads.getOrDefault(main, described(Reply.error(404, "EntryNotFound")));
  }

  private static Reply described(Reply reply) {
    return reply.header("X-Repo-Commit", COMMIT);
  }

  private static String path(String file) {
    return "/org/name/resolve/main/" + file;
  }

  static String git(byte[] bytes) {
    byte[] head = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII);
    return digest("SHA-1", head, bytes);
  }

  static String digest(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
