// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.hub;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Settings of downloads: endpoint, token, cache, time limits and reporting. Immutable.
 *
 * @param endpoint the Hub, {@code https} unless it is this machine; the token goes nowhere else
 * @param token read when the first request is made
 * @param cache folder of the repositories, shared with the Python client
 * @param offline true to open no connection
 * @param links true to allow symbolic links in snapshots; otherwise, or on systems without links,
 *     snapshots hold the files themselves
 * @param metadataTimeout longest wait for an answer about a file
 * @param downloadTimeout longest wait for a file's next bytes
 * @param progress receives the progress of each file, in bytes
 * @param warnings receives one line for each problem that was recovered from
 */
public record HubOptions(
    URI endpoint,
    Supplier<Optional<String>> token,
    Path cache,
    boolean offline,
    boolean links,
    Duration metadataTimeout,
    Duration downloadTimeout,
    Progress progress,
    Consumer<String> warnings) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[::1]");

  /**
   * Checks the endpoint.
   *
   * @throws StitchException (usage) if it is not {@code https://host} or on this machine
   */
  public HubOptions {
    boolean secure = "https".equals(endpoint.getScheme());
    boolean here = "http".equals(endpoint.getScheme()) && isLoopback(endpoint);
    if (endpoint.getHost() == null || endpoint.getRawUserInfo() != null || !(secure || here)) {
      throw StitchException.usage(
          "the Hub's endpoint must be https://HOST or http://localhost:PORT; check HF_ENDPOINT");
    }
  }

  /**
   * The public Hub without a token, files kept in a folder, ten seconds of patience; reads no
   * environment variable and reports nothing.
   */
  public static HubOptions in(Path cache) {
    return new HubOptions(
        URI.create(HubEnvironment.HUB),
        Optional::empty,
        cache,
        false,
        true,
        Duration.ofSeconds(HubEnvironment.SECONDS),
        Duration.ofSeconds(HubEnvironment.SECONDS),
        Progress.NONE,
        warning -> {});
  }

  /**
   * As the Python client reads its environment: {@code HF_ENDPOINT}, {@code HF_HUB_CACHE}, {@code
   * HUGGINGFACE_HUB_CACHE}, {@code HF_HOME}, {@code XDG_CACHE_HOME}, {@code HF_TOKEN}, {@code
   * HUGGING_FACE_HUB_TOKEN}, {@code HF_TOKEN_PATH}, {@code HF_HUB_DISABLE_IMPLICIT_TOKEN}, {@code
   * HF_HUB_OFFLINE}, {@code TRANSFORMERS_OFFLINE}, {@code HF_HUB_DISABLE_SYMLINKS}, {@code
   * HF_HUB_ETAG_TIMEOUT}, {@code HF_HUB_DOWNLOAD_TIMEOUT}; reports nothing.
   *
   * @param home the user's home folder
   * @throws StitchException (usage) naming the variable whose value is invalid
   */
  public static HubOptions from(Map<String, String> environment, Path home) {
    return new HubEnvironment(environment, home).options();
  }

  /** The same, but opens no connection if {@code noNetwork}; offline options stay offline. */
  public HubOptions withOffline(boolean noNetwork) {
    return new HubOptions(
        endpoint,
        token,
        cache,
        offline || noNetwork,
        links,
        metadataTimeout,
        downloadTimeout,
        progress,
        warnings);
  }

  /** The same with other receivers of progress and warnings. */
  public HubOptions reportingTo(Progress newProgress, Consumer<String> newWarnings) {
    return new HubOptions(
        endpoint,
        token,
        cache,
        offline,
        links,
        metadataTimeout,
        downloadTimeout,
        newProgress,
        newWarnings);
  }

  /** Returns true if the host's name is this machine's; makes no DNS lookup. */
  public static boolean isLoopback(URI uri) {
    return uri.getHost() != null
        && LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
  }
}
