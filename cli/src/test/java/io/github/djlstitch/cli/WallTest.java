// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wall around the library: what a user's program can see, and how much of it there is. */
final class WallTest {
  /** Public top-level types that the four library modules export. Lower it with every one less. */
  private static final int MOST_PUBLIC_TYPES = 120;

  /** Uses the library as a user would: opens a zoo, encodes, stitches, measures, reads a file. */
  private static final String USER =
      """
      package sample;

      import io.github.djlstitch.core.FloatMatrix;
      import io.github.djlstitch.core.StitchException;
      import io.github.djlstitch.core.measure.Metric;
      import io.github.djlstitch.core.relative.AnchoredSpace;
      import io.github.djlstitch.core.relative.Centering;
      import io.github.djlstitch.core.relative.RelativeBlock;
      import io.github.djlstitch.core.relative.Similarity;
      import io.github.djlstitch.core.space.LatentSpace;
      import io.github.djlstitch.core.stitch.*;
      import io.github.djlstitch.encoders.image.ImageSource;
      import io.github.djlstitch.zoo.ModelZoo;
      import io.github.djlstitch.zoo.ZooOptions;
      import io.github.djlstitch.zoo.data.DatasetOptions;
      import io.github.djlstitch.zoo.data.LabelledData;
      import io.github.djlstitch.zoo.data.SplitSize;
      import io.github.djlstitch.zoo.hub.HubOptions;
      import java.nio.file.Path;
      import java.util.List;

      public final class User {
        private final ModelZoo zoo;

        public User(Path cache, Path home) {
          var hub = HubOptions.from(System.getenv(), home).withOffline(true);
          zoo = ModelZoo.open(ZooOptions.in(cache).withHub(hub));
        }

        public double stitch(String from, String into, String spec) {
          var how = DatasetOptions.defaults().withSplitSize(new SplitSize(1000, 250));
          LabelledData data = zoo.dataset(spec, how);
          EncodedDataset encoded = zoo.encode(from, data);
          Decoder head = zoo.head(into + "-head", data);
          Stitching stitching =
              Stitching.relative(AnchoredSpace.of(encoded.train(), head.spec().anchors()), head);
          int[] predicted = stitching.predict(encoded.test().vectors());
          return Metric.ACCURACY.of(encoded.test().labels(), predicted, data.classes().size());
        }

        public FloatMatrix encode(List<String> texts) {
          try (Encoder<String> encoder = zoo.encoder("minilm")) {
            return encoder.encode(texts);
          }
        }

        public FloatMatrix encodeImages(List<ImageSource> images) {
          try (Encoder<ImageSource> encoder = zoo.imageEncoder("vit-base")) {
            return encoder.encode(images);
          }
        }

        public RelativeBlock block(FloatMatrix anchors) {
          return RelativeBlock.of(anchors, Similarity.cosine(), Centering.ANCHORS);
        }

        public int rows(Path file) {
          try {
            LatentSpace space = LatentSpace.open(file);
            return space.vectors().rows();
          } catch (StitchException e) {
            return e.kind() == StitchException.Kind.BAD_INPUT ? 0 : -1;
          }
        }

        public void write(Path texts, Path out) {
          zoo.encodeTo(out, "minilm", texts);
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void aUsersModuleCompiles() throws IOException {
    assertEquals(List.of(), UserModule.errors(folder, Map.of("User", USER)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.github.djlstitch.core.internal.engine.TorchProgram",
        "io.github.djlstitch.core.internal.file.Sha256",
        "io.github.djlstitch.encoders.internal.text.TextTokenizer",
        "io.github.djlstitch.decoders.internal.image.Reconstructor",
        "io.github.djlstitch.zoo.internal.data.Datasets",
        "io.github.djlstitch.zoo.internal.hub.Hub",
      })
  void nothingBehindTheWallCanBeNamed(String type) throws Exception {
    Class.forName(type, false, WallTest.class.getClassLoader()); // there, but behind the wall
    String simple = type.substring(type.lastIndexOf('.') + 1);
    String source =
        "package sample;\n\nimport " + type + ";\n\nclass Burglar {\n  " + simple + " it;\n}\n";
    List<String> errors = UserModule.errors(folder, Map.of("Burglar", source));
    String hidden = type.substring(0, type.lastIndexOf('.'));
    assertEquals(1, errors.size(), errors::toString);
    assertTrue(errors.get(0).startsWith("package " + hidden + " is not visible"), errors::toString);
    assertTrue(errors.get(0).contains("does not export it"), errors::toString);
  }

  @Test
  void theLibraryHasNoMorePublicTypesThanItNeeds() throws IOException {
    Map<String, List<String>> types = new TreeMap<>();
    for (ModuleReference module : UserModule.library()) {
      String name = module.descriptor().name();
      if (name.startsWith("io.github.djlstitch.")) {
        types.put(name, publicTypes(module));
      }
    }
    assertEquals(4, types.size(), () -> types.keySet().toString());
    int count = types.values().stream().mapToInt(List::size).sum();
    assertTrue(
        count <= MOST_PUBLIC_TYPES,
        () -> count + " public types, more than " + MOST_PUBLIC_TYPES + ": " + types);
  }

  @Test
  void theZoosSignaturesNameNothingBehindTheWall() throws Exception {
    ModuleReference zoo = UserModule.library().get(0);
    for (String name : publicTypes(zoo)) {
      for (Class<?> type : withInner(Class.forName(name))) {
        Stream<Executable> all =
            Stream.concat(
                Arrays.stream(type.getDeclaredMethods()),
                Arrays.stream(type.getDeclaredConstructors()));
        all.filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
            .forEach(
                member ->
                    assertFalse(
                        member.toGenericString().contains(".internal."), member::toGenericString));
      }
    }
  }

  private static List<Class<?>> withInner(Class<?> type) {
    return Stream.concat(Stream.of(type), Arrays.stream(type.getClasses())).toList();
  }

  private static List<String> publicTypes(ModuleReference module) throws IOException {
    Set<String> exported =
        module.descriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(exports -> exports.source().replace('.', '/') + "/")
            .collect(Collectors.toSet());
    List<String> found = new ArrayList<>();
    try (ModuleReader reader = module.open();
        Stream<String> files = reader.list()) {
      for (String file : files.filter(f -> f.endsWith(".class") && !f.contains("$")).toList()) {
        String name = file.substring(0, file.length() - ".class".length());
        boolean api = exported.contains(file.substring(0, file.lastIndexOf('/') + 1));
        if (api && !name.endsWith("-info") && isPublic(name.replace('/', '.'))) {
          found.add(name.replace('/', '.'));
        }
      }
    }
    return found.stream().sorted().toList();
  }

  private static boolean isPublic(String name) {
    try {
      Class<?> type = Class.forName(name, false, WallTest.class.getClassLoader());
      return Modifier.isPublic(type.getModifiers());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
