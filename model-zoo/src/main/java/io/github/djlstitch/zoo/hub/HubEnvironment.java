// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.hub;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Python client's environment variables; an empty one counts as not set. */
record HubEnvironment(Map<String, String> variables, Path home) {
  static final String HUB = "https://huggingface.co";
  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");
  private static final Pattern SENDABLE = Pattern.compile("[!-~]{1,4096}");
  private static final long LARGEST_TOKEN_FILE = 1 << 16;
  static final long SECONDS = 10;
  private static final long MOST_SECONDS = 86_400;

  public HubOptions options() {
    return new HubOptions(
        endpoint(),
        this::token,
        cache(),
        isTrue("HF_HUB_OFFLINE") || isTrue("TRANSFORMERS_OFFLINE"),
        !isTrue("HF_HUB_DISABLE_SYMLINKS"),
        seconds("HF_HUB_ETAG_TIMEOUT"),
        seconds("HF_HUB_DOWNLOAD_TIMEOUT"),
        Progress.NONE,
        warning -> {});
  }

  private URI endpoint() {
    String text = value("HF_ENDPOINT").orElse(HUB).replaceFirst("/+$", "");
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw StitchException.usage("HF_ENDPOINT is not an address; expected for example '%s'", HUB);
    }
  }

  private Path cache() {
    return Stream.of("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE")
        .flatMap(name -> path(name).stream())
        .findFirst()
        .orElseGet(() -> hubHome().resolve("hub"));
  }

  private Path hubHome() {
    return path("HF_HOME")
        .orElseGet(
            () -> path("XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve("huggingface"));
  }

  private Optional<String> token() {
    if (isTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
      return Optional.empty();
    }
    for (String name : new String[] {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
      Optional<String> token = value(name);
      if (token.isPresent()) {
        return Optional.of(sendable(name, token.get()));
      }
    }
    return tokenFile(path("HF_TOKEN_PATH").orElseGet(() -> hubHome().resolve("token")));
  }

  private static Optional<String> tokenFile(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_TOKEN_FILE) {
        return Optional.empty();
      }
      String token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      return token.isEmpty() ? Optional.empty() : Optional.of(sendable(file.toString(), token));
    } catch (IOException e) {
      throw StitchException.badInput("cannot read the Hub's token in '%s'", file).because(e);
    }
  }

  // The message of the JDK would show the token.
  private static String sendable(String where, String token) {
    if (!SENDABLE.matcher(token).matches()) {
      throw StitchException.usage("the Hub's token in %s is not one line of plain text", where);
    }
    return token;
  }

  private Duration seconds(String name) {
    String text = value(name).orElse(Long.toString(SECONDS));
    if (text.matches("[0-9]{1,5}")) {
      long seconds = Long.parseLong(text);
      if (seconds >= 1 && seconds <= MOST_SECONDS) {
        return Duration.ofSeconds(seconds);
      }
    }
    throw StitchException.usage(
        "%s is '%s'; expected seconds from 1 to %d", name, Printable.of(text), MOST_SECONDS);
  }

  private Optional<Path> path(String name) {
    return value(name).map(text -> expanded(name, text));
  }

  private Path expanded(String name, String text) {
    String full = VARIABLE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(variable(m)));
    try {
      if (full.equals("~")) {
        return home;
      }
      return full.startsWith("~/") || full.startsWith("~\\")
          ? home.resolve(full.substring(2))
          : Path.of(full);
    } catch (InvalidPathException e) {
      throw StitchException.usage("%s is '%s', which is not a path", name, Printable.of(text));
    }
  }

  // As Python's expandvars: an unknown one stays as it is.
  private String variable(MatchResult found) {
    String name = found.group(1) == null ? found.group(2) : found.group(1);
    return variables.getOrDefault(name, found.group());
  }

  private boolean isTrue(String name) {
    return value(name).map(v -> TRUE.contains(v.toUpperCase(Locale.ROOT))).orElse(false);
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
