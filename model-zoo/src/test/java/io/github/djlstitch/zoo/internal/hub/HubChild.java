// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A process of its own that asks for one file: {@code ENDPOINT CACHE DIE_AT_CHANGE OFFLINE}. */
final class HubChild {
  static final int KILLED = 9;
  static final int FAILED = 4;

  private HubChild() {}

  static ProcessBuilder of(URI endpoint, Path cache, int dieAt, boolean offline, String... jvm) {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(jvm));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(HubChild.class.getName());
    command.addAll(List.of(endpoint.toString(), cache.toString()));
    command.addAll(List.of(Integer.toString(dieAt), Boolean.toString(offline)));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // Java would say that it saw them
    return builder;
  }

  static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  public static void main(String[] args) {
    Duration time = Duration.ofSeconds(10);
    var options =
        new HubOptions(
            URI.create(args[0]),
            Optional::empty,
            Path.of(args[1]),
            Boolean.parseBoolean(args[3]),
            true,
            time,
            time,
            Progress.NONE,
            System.out::println);
    var disk = new FaultyDisk(Integer.parseInt(args[2]), () -> Runtime.getRuntime().halt(KILLED));
    try {
      System.out.println(
          Hub.open(options, Pause.SLEEP, disk).file(FakeHub.REPO, "model.safetensors"));
    } catch (StitchException e) {
      System.out.println(e.kind() + ": " + e.getMessage());
      System.exit(FAILED);
    }
  }
}
