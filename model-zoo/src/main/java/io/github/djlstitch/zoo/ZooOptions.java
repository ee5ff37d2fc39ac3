// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Settings of a zoo.
 *
 * @param cache folder of unpacked files, encodings and trained networks
 * @param hub source and cache of published models and data sets
 * @param encoders options that encoders are opened with
 * @param progress receives the progress of downloads, encodings and trainings
 * @param warnings receives one line for each problem that was recovered from
 */
public record ZooOptions(
    Path cache,
    HubOptions hub,
    EncoderOptions encoders,
    Progress progress,
    Consumer<String> warnings) {

  /**
   * The folder that programs share with the command line: {@code djl-stitch} in {@code
   * XDG_CACHE_HOME}, else in {@code .cache} of the home folder.
   */
  public static Path usualCache(Map<String, String> environment, Path home) {
    String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
    return (caches.isEmpty() ? home.resolve(".cache") : Path.of(caches)).resolve("djl-stitch");
  }

  /**
   * Encodes in float32 in batches of 32 on the best device and reports nothing. All files are kept
   * under the folder, those of the Hub below {@code hub}. Reads no environment variable: see {@link
   * #withHub} for that.
   */
  public static ZooOptions in(Path cache) {
    return new ZooOptions(
        cache,
        HubOptions.in(cache.resolve("hub")),
        EncoderOptions.defaults(),
        Progress.NONE,
        warning -> {});
  }

  /**
   * The same with another source and cache of published files, for example {@code
   * HubOptions.from(System.getenv(), home)} for those of the Hub's Python client.
   */
  public ZooOptions withHub(HubOptions source) {
    return new ZooOptions(cache, source, encoders, progress, warnings);
  }

  /** The same with other options for encoders. */
  public ZooOptions withEncoders(EncoderOptions how) {
    return new ZooOptions(cache, hub, how, progress, warnings);
  }
}
