// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.springai;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.QueryAdapter;
import io.github.djlstitch.core.migrate.VectorBridge;
import io.github.djlstitch.core.relative.SpaceCard;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.zoo.ZooOptions;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings under {@code stitch}.
 *
 * @param encoder name in the zoo, or the path of a folder of a published model
 * @param cacheDir where models are kept; else where the command line keeps them
 * @param offline true if nothing may be downloaded
 * @param numbers what the network computes in
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpuN}
 * @param batch most texts in one forward pass
 * @param index the way into an index of another encoder
 * @param head file of a trained head; the encoder is plugged into it
 */
@ConfigurationProperties("stitch")
public record StitchProperties(
    String encoder,
    @Nullable Path cacheDir,
    @DefaultValue("false") boolean offline,
    @DefaultValue("float32") NumberType numbers,
    @DefaultValue(EncoderOptions.DEFAULT_DEVICE) String device,
    @DefaultValue("" + EncoderOptions.DEFAULT_BATCH) int batch,
    @DefaultValue Index index,
    @Nullable Path head) {
  /**
   * The way into an index: a bridge, or two cards.
   *
   * @param bridge file of a bridge of queries, such as a plan has
   * @param from card of {@code stitch.encoder}
   * @param to card of the index's encoder
   */
  public record Index(@Nullable Path bridge, @Nullable Path from, @Nullable Path to) {
    /** Checks that it is one of the two. */
    public Index {
      if ((from == null) != (to == null) || (bridge != null && from != null)) {
        throw StitchException.usage(
            "stitch.index.bridge, or stitch.index.from and stitch.index.to, which go together;"
                + " give one of the two ways into the index");
      }
    }

    Optional<QueryAdapter> adapter() {
      if (bridge != null) {
        return Optional.of(QueryAdapter.over(VectorBridge.load(bridge)));
      }
      return from == null || to == null
          ? Optional.empty()
          : Optional.of(QueryAdapter.between(SpaceCard.load(from), SpaceCard.load(to)));
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home"));
  }

  /** The zoo that these describe; warnings go to a log. */
  ZooOptions zoo(Consumer<String> warnings) {
    Path cache =
        Optional.ofNullable(cacheDir)
            .orElseGet(() -> ZooOptions.usualCache(System.getenv(), home()));
    HubOptions hub = HubOptions.from(System.getenv(), home()).withOffline(offline);
    EncoderOptions encoders =
        EncoderOptions.defaults().withNumbers(numbers).withDevice(device).withBatch(batch);
    return new ZooOptions(cache, hub, encoders, Progress.NONE, warnings);
  }
}
