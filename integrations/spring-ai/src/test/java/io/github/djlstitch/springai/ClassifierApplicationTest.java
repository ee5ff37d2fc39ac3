// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.springai.example.ClassifierApplication;
import io.github.djlstitch.zoo.StitchedClassifier;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The example, started on a port and asked, with two encoders before one head. */
final class ClassifierApplicationTest {
  @TempDir static Path folder;
  private static Path head;

  @BeforeAll
  static void train() throws IOException {
    head = TrainedHead.save(folder);
  }

  @Test
  void theEncoderIsASettingAndTheHeadStays() throws Exception {
    for (String encoder : List.of("bge-small", "minilm")) {
      try (var application = start(encoder, head)) {
        JsonNode cats = get(application, "/classify?text=" + encoded("two cats"));
        assertTrue(cats.get("animal").asDouble() > .5, encoder + ": " + cats);
        JsonNode ships = get(application, "/classify?text=" + encoded("three ships"));
        assertTrue(ships.get("vehicle").asDouble() > .5, encoder + ": " + ships);
        JsonNode health = get(application, "/actuator/health").get("components").get("stitch");
        assertEquals("UP", health.get("status").asText());
        assertEquals(encoder, health.get("details").get("encoder").asText());
        assertEquals(384, health.get("details").get("dimension").asInt());
        JsonNode meter = get(application, "/actuator/metrics/stitch.texts.truncated");
        assertEquals(0, meter.get("measurements").get(0).get("value").asInt());
        var classifier = application.getBean(StitchedClassifier.class);
        assertEquals(classifier.encoder(), application.getBean(TextEncoder.class));
      }
    }
  }

  @Test
  void anEncoderIsClosedWithItsApplication() {
    TextEncoder encoder;
    try (var application = start("minilm", head)) {
      encoder = application.getBean(TextEncoder.class);
      assertEquals(1, encoder.encode(List.of("open")).rows());
    }
    assertThrows(StitchException.class, () -> encoder.encode(List.of("closed")));
  }

  @Test
  void whatIsWrongIsToldAtTheStart() {
    Exception unknown = assertThrows(Exception.class, () -> start("minlm", head));
    assertTrue(reason(unknown).contains("did you mean 'minilm'?"), reason(unknown));
    Path nowhere = folder.resolve("nowhere.safetensors");
    Exception missing = assertThrows(Exception.class, () -> start("minilm", nowhere));
    assertTrue(reason(missing).contains(nowhere.toString()), reason(missing));
  }

  private static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StitchException known) {
        return String.valueOf(known.getMessage());
      }
    }
    return String.valueOf(failure);
  }

  private static ConfigurableApplicationContext start(String encoder, Path head) {
    return SpringApplication.run(
        ClassifierApplication.class,
        "--server.port=0",
        "--server.tomcat.basedir=" + folder.resolve("tomcat"),
        "--stitch.encoder=" + encoder,
        "--stitch.head=" + head,
        "--stitch.cache-dir=" + folder.resolve("cache"),
        "--stitch.offline=true",
        "--management.endpoints.web.exposure.include=health,metrics",
        "--management.endpoint.health.show-details=always",
        "--spring.main.banner-mode=off",
        "--logging.level.root=off");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode get(ConfigurableApplicationContext application, String path)
      throws IOException, InterruptedException {
    String port = application.getEnvironment().getProperty("local.server.port");
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), response.body());
    return new ObjectMapper().readTree(response.body());
  }
}
