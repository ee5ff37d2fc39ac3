// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.html;

import io.github.djlstitch.report.Document;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Headless Chromium behind a proxy that lets nothing through and remembers what was asked for. */
record Browser(Path program, Path folder) {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  // What the browser asks for by itself, whatever page it shows.
  private static final String OWN = ".*(google|googleapis|gvt1|gstatic)\\.com.*";

  /** What became of a page. */
  record Visit(String dom, List<String> console, List<String> requests) {}

  /** The first browser on the path. */
  static Optional<Path> find() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Visit open(Document document) throws IOException, InterruptedException {
    return open(DocumentHtml.render(document));
  }

  Visit open(String html) throws IOException, InterruptedException {
    Path page = Files.writeString(folder.resolve("page.html"), html);
    Path log = folder.resolve("log");
    Path dom = folder.resolve("dom");
    List<String> requests = new CopyOnWriteArrayList<>();
    try (var proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var listener = new Thread(() -> listen(proxy, requests));
      listener.setDaemon(true);
      listener.start();
      Process process =
          new ProcessBuilder(command(page, proxy.getLocalPort()))
              .redirectError(log.toFile())
              .redirectOutput(dom.toFile())
              .start();
      if (!process.waitFor(90, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IOException("the browser did not end: " + Files.readString(log));
      }
    }
    List<String> console =
        Files.readAllLines(log).stream().filter(line -> line.contains(":CONSOLE:")).toList();
    return new Visit(
        Files.readString(dom),
        console,
        requests.stream().filter(request -> !request.matches(OWN)).toList());
  }

  private List<String> command(Path page, int port) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(
        List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + folder.resolve("profile"),
            "--proxy-server=127.0.0.1:" + port,
            "--proxy-bypass-list=<-loopback>",
            "--enable-logging=stderr",
            "--v=0",
            "--dump-dom",
            page.toUri().toString()));
    return command;
  }

  private static void listen(ServerSocket proxy, List<String> requests) {
    while (!proxy.isClosed()) {
      try (Socket socket = proxy.accept();
          var in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
        requests.add(String.valueOf(in.readLine()));
        socket
            .getOutputStream()
            .write(
                "HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // Closed: the visit is over.
      }
    }
  }
}
