// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.springai;

import io.github.djlstitch.encoders.TextEncoder;
import java.util.List;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** Up while the encoder encodes a word, which takes some milliseconds. */
final class StitchHealthIndicator extends AbstractHealthIndicator {
  private final TextEncoder encoder;

  StitchHealthIndicator(TextEncoder encoder) {
    super("the encoder does not encode");
    this.encoder = encoder;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    encoder.encode(List.of("health"));
    builder
        .up()
        .withDetail("encoder", encoder.id())
        .withDetail("dimension", encoder.dimension())
        .withDetail("truncated", encoder.truncated());
  }
}
