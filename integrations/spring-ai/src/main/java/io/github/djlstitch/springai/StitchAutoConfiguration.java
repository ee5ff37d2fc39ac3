// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.springai;

import io.github.djlstitch.decoders.HeadFile;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.StitchedClassifier;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An embedding model, and with {@code stitch.head} a classifier, of the encoder that {@code
 * stitch.encoder} names. They are opened at the start, so that what is wrong is told then, and
 * closed with the application.
 */
@AutoConfiguration
@ConditionalOnProperty("stitch.encoder")
@EnableConfigurationProperties(StitchProperties.class)
public class StitchAutoConfiguration {
  /** Opens encoders as the properties say. */
  @Bean
  @ConditionalOnMissingBean
  ModelZoo stitchZoo(StitchProperties properties) {
    return ModelZoo.open(properties.zoo(LoggerFactory.getLogger(ModelZoo.class)::warn));
  }

  /** The encoder plugged into the head. */
  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnProperty("stitch.head")
  StitchedClassifier<String> stitchedClassifier(ModelZoo zoo, StitchProperties properties) {
    Path head = Objects.requireNonNull(properties.head());
    return StitchedClassifier.ofTexts(
        zoo, properties.encoder(), HeadFile.load(head), Optional.empty());
  }

  /** The encoder: that of the classifier, if there is one, so that its weights are there once. */
  @Bean
  @ConditionalOnMissingBean
  TextEncoder stitchEncoder(
      ModelZoo zoo,
      StitchProperties properties,
      ObjectProvider<StitchedClassifier<String>> classifier) {
    StitchedClassifier<String> plugged = classifier.getIfAvailable();
    return (TextEncoder) (plugged == null ? zoo.encoder(properties.encoder()) : plugged.encoder());
  }

  /** The embedding model; with a way into an index one of queries for that index. */
  @Bean
  @ConditionalOnMissingBean
  EmbeddingModel stitchEmbeddingModel(
      TextEncoder encoder,
      StitchProperties properties,
      ObjectProvider<ObservationRegistry> observations) {
    var own =
        EncoderEmbeddingModel.of(encoder, observations.getIfUnique(() -> ObservationRegistry.NOOP));
    return properties
        .index()
        .adapter()
        .<EmbeddingModel>map(adapter -> StitchedEmbeddingModel.of(own, adapter))
        .orElse(own);
  }

  /** With the actuator on the class path. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(HealthIndicator.class)
  static class OfHealth {
    @Bean
    @ConditionalOnMissingBean(name = "stitchHealthIndicator")
    HealthIndicator stitchHealthIndicator(TextEncoder encoder) {
      return new StitchHealthIndicator(encoder);
    }
  }

  /** With Micrometer's meters on the class path. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterRegistry.class)
  static class OfMeters {
    @Bean
    MeterBinder stitchMeters(TextEncoder encoder) {
      return registry ->
          FunctionCounter.builder("stitch.texts.truncated", encoder, TextEncoder::truncated)
              .description("Texts of which only the beginning was read")
              .tag("encoder", encoder.id())
              .register(registry);
    }
  }
}
