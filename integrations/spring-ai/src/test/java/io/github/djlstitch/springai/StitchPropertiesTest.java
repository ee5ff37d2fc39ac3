// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.BridgeMethod;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.SpaceCard;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import io.github.djlstitch.zoo.data.DatasetOptions;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

final class StitchPropertiesTest {
  private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

  @Test
  void everyPropertyHasMetadataThatEditorsShow() throws IOException {
    Set<String> expected = new TreeSet<>();
    add(expected, "stitch.", StitchProperties.class);
    JsonNode metadata;
    try (var in = StitchProperties.class.getResourceAsStream(METADATA)) {
      metadata = new ObjectMapper().readTree(in);
    }
    Set<String> described = new TreeSet<>();
    for (JsonNode property : metadata.get("properties")) {
      described.add(property.get("name").asText());
      assertTrue(property.get("description").asText().endsWith("."), property.toString());
    }
    assertEquals(expected, described);
  }

  private static void add(Set<String> names, String prefix, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      if (component.getType().isRecord()) {
        add(names, prefix + name + ".", component.getType());
      } else {
        names.add(prefix + name);
      }
    }
  }

  @Test
  void defaultsAreThoseOfTheLibrary() {
    StitchProperties bound = bind(Map.of("stitch.encoder", "minilm"));
    assertEquals(NumberType.FLOAT32, bound.numbers());
    assertEquals(EncoderOptions.DEFAULT_BATCH, bound.batch());
    assertEquals(EncoderOptions.DEFAULT_DEVICE, bound.device());
    assertEquals(EncoderOptions.defaults(), bound.zoo(warning -> {}).encoders());
    assertTrue(bound.index().adapter().isEmpty());
    StitchProperties other =
        bind(
            Map.of(
                "stitch.encoder", "minilm",
                "stitch.numbers", "bfloat16",
                "stitch.cache-dir", "kept",
                "stitch.batch", "8"));
    assertEquals(NumberType.BFLOAT16, other.zoo(warning -> {}).encoders().numbers());
    assertEquals(Path.of("kept"), other.zoo(warning -> {}).cache());
  }

  @Test
  void theWayIntoAnIndexIsReadFromItsFiles(@TempDir Path folder) throws IOException {
    FloatMatrix wide = FloatMatrix.of(4, 3, 1, 2, 3, 4, 5, 7, 2, 0, 1, 5, 5, 1);
    FloatMatrix narrow = FloatMatrix.of(4, 2, 1, 2, 4, 3, 0, 1, 1, 5);
    Path bridge = folder.resolve("queries.safetensors");
    BridgeMethod.PROCRUSTES.fit(wide, narrow).save(bridge);
    var over = new StitchProperties.Index(bridge, null, null).adapter().orElseThrow();
    assertEquals(List.of(3, 2), List.of(over.width(), over.targetWidth()));
    Path from = card(folder, "bge-small");
    Path to = card(folder, "minilm");
    var between = new StitchProperties.Index(null, from, to).adapter().orElseThrow();
    assertEquals(List.of(384, 384), List.of(between.width(), between.targetWidth()));
  }

  private static Path card(Path folder, String encoder) throws IOException {
    String lines =
        IntStream.range(0, 40).mapToObj(i -> "text " + i * i).collect(Collectors.joining("\n"));
    Path texts = Files.writeString(folder.resolve("texts.txt"), lines);
    ModelZoo zoo = ModelZoo.open(ZooOptions.in(folder.resolve("cache")));
    LatentSpace space = zoo.encode(encoder, texts, DatasetOptions.defaults());
    Anchors anchors = new Anchors(space.ids().subList(0, 20), "first", 0);
    var codec = CodecSpec.Parseval.defaults().fit(AnchoredSpace.of(space, anchors));
    Path card = folder.resolve(encoder + ".safetensors");
    new SpaceCard(codec, anchors, space.provenance()).save(card);
    return card;
  }

  @Test
  void theWayIntoAnIndexIsABridgeOrTwoCards() {
    Path file = Path.of("a");
    for (Executable way :
        List.<Executable>of(
            () -> new StitchProperties.Index(null, file, null),
            () -> new StitchProperties.Index(file, file, file))) {
      assertEquals(
          "stitch.index.bridge, or stitch.index.from and stitch.index.to, which go together; give"
              + " one of the two ways into the index",
          assertThrows(StitchException.class, way).getMessage());
    }
  }

  private static StitchProperties bind(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bind("stitch", StitchProperties.class)
        .get();
  }
}
