// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.zoo.hub.HubOptions;
import io.github.djlstitch.zoo.internal.hub.Hub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Hub on this machine that has a few files of data sets, whatever commit they are asked of. */
final class DatasetHub implements AutoCloseable {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Hub client;

  DatasetHub(Path cache) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client =
        Hub.open(
            new HubOptions(
                URI.create("http://localhost:" + server.getAddress().getPort()),
                Optional::empty,
                cache,
                false,
                true,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                (task, done, total) -> {},
                warning -> {}));
  }

  /** Publishes a file of a data set. */
  DatasetHub with(String repository, String path, byte[] bytes) {
    files.put(repository + " " + path, bytes);
    return this;
  }

  Hub client() {
    return client;
  }

  /** Paths that were asked for, each once for its description and once for its bytes. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = URLDecoder.decode(exchange.getRequestURI().getRawPath(), StandardCharsets.UTF_8);
    asked.add(path);
    byte[] bytes = null;
    for (var file : files.entrySet()) {
      String[] name = file.getKey().split(" ", -1);
      if (path.startsWith("/datasets/" + name[0] + "/resolve/") && path.endsWith("/" + name[1])) {
        bytes = file.getValue();
      }
    }
    var headers = exchange.getResponseHeaders();
    String commit = path.replaceFirst(".*/resolve/([0-9a-f]{40})/.*", "$1");
    headers.add("X-Repo-Commit", commit.length() == COMMIT.length() ? commit : COMMIT);
    if (bytes == null) {
      headers.add("X-Error-Code", "EntryNotFound");
      exchange.sendResponseHeaders(404, -1);
    } else {
      headers.add("ETag", "\"" + sha256(bytes) + "\"");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (head) {
        headers.add("Content-Length", Integer.toString(bytes.length));
      }
      exchange.sendResponseHeaders(200, head ? -1 : bytes.length);
      if (!head) {
        exchange.getResponseBody().write(bytes);
      }
    }
    exchange.close();
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.newDigest().digest(bytes));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
