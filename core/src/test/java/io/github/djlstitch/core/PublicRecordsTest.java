// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.align.Alignment;
import io.github.djlstitch.core.align.CanonicalCorrelation;
import io.github.djlstitch.core.align.GeneralizedProcrustes;
import io.github.djlstitch.core.align.UnpairedAlignment;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Resampling;
import io.github.djlstitch.core.measure.SpaceComparison;
import io.github.djlstitch.core.measure.SpaceStatistics;
import io.github.djlstitch.core.measure.TranslationQuality;
import io.github.djlstitch.core.migrate.Judgments;
import io.github.djlstitch.core.migrate.MergedSearch;
import io.github.djlstitch.core.migrate.MigrationPlan;
import io.github.djlstitch.core.migrate.MigrationSettings;
import io.github.djlstitch.core.migrate.MigrationStudy;
import io.github.djlstitch.core.relative.Aggregation;
import io.github.djlstitch.core.relative.AnchorDraw;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.InvarianceProduct;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.relative.SpaceCodec.CodecDiagnostics;
import io.github.djlstitch.core.relative.Subspaces;
import io.github.djlstitch.core.space.AnchorBootstrap;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.NormStatistics;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.space.Spaces;
import io.github.djlstitch.core.stitch.AnchorCurve;
import io.github.djlstitch.core.stitch.BridgeOptions;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.Forecast;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.core.stitch.StitchRunner;
import io.github.djlstitch.core.stitch.Translation;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Public records keep copies of the collections that they are given, which nobody can change. */
final class PublicRecordsTest {
  private static final FloatMatrix MATRIX = FloatMatrix.of(new float[][] {{1, 2}, {3, 5}});
  private static final LatentSpace SPACE = Spaces.of(MATRIX);
  private static final Anchors ANCHORS = new Anchors(SPACE.ids(), "uniform", 0);
  private static final DecoderSpec.Head HEAD = DecoderSpec.Head.of("linear").with("l2", .5);

  private static List<Record> samples() {
    return Stream.of(alignments(), spaces(), stitching(), measures(), migration())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Record> alignments() {
    FloatMatrix row = MATRIX.rowRange(0, 1);
    var alignment = new Alignment(row, false, MATRIX, row, 2, Map.of("lambda", 1.0));
    return List.of(
        alignment,
        new CanonicalCorrelation(List.of(.5), alignment, alignment, alignment),
        new GeneralizedProcrustes(List.of(alignment), MATRIX, 1, 0, true),
        new UnpairedAlignment(alignment, row, List.of(1.0), 1));
  }

  private static List<Record> spaces() {
    var product = InvarianceProduct.of(Centering.NONE, InvarianceProduct.Merge.CONCAT);
    var fitted = product.over(new AnchoredSpace(MATRIX, MATRIX));
    List<Dataset.Sample<String>> one = List.of(new Dataset.Sample<>("a", "x", 0));
    List<Dataset.Sample<String>> other = List.of(new Dataset.Sample<>("b", "y", 1));
    return List.of(
        Dataset.ofTexts("d", List.of("c", "e"), one, other),
        new AnchorBootstrap(ANCHORS, ANCHORS, List.of(1.0, .5)),
        Anchors.ofPrototypes(
            List.of(new Anchors.Prototype(List.of("a", "b"), List.of(.5, .5))), "means", 0),
        new Anchors.Prototype(List.of("a", "b"), List.of(.5, .5)),
        new Provenance.Relative(ANCHORS, "d", "0", Map.of("center", "anchors")),
        new Aggregation(List.of(0, 1), 1),
        new AnchorDraw(1, List.of(0, 1), 0),
        product,
        fitted,
        new CodecDiagnostics(2, List.of(2), 1, 2, 2, new NormStatistics(1, 0)),
        new Subspaces(2, .5, List.of(List.of(0), List.of(0, 1))));
  }

  private static List<Record> stitching() {
    var cost = new StitchReport.Cost(0, 4, 1, 1);
    var result =
        new StitchReport.Result(
            "x",
            "y",
            Method.RIDGE,
            "",
            0,
            true,
            Map.of(Metric.ACCURACY, .5),
            Map.of(Metric.ACCURACY, .9),
            Map.of("a", 1.),
            cost);
    var classes = new StitchReport.ClassCounts(2, 1, 1);
    var report =
        new StitchReport(List.of(result), classes, List.of(ANCHORS), List.of("note"), 1, 1);
    return List.of(
        result,
        report,
        new AnchorCurve(new TreeMap<>(Map.of(2, report))),
        new Forecast(Method.RIDGE, List.of(new Forecast.Pair("x", "y", .1, .9, 1)), 1),
        HEAD,
        new DecoderSpec(
            DecoderSpec.Reads.ABSOLUTE,
            SPACE.provenance(),
            ANCHORS,
            Similarity.cosine(),
            Centering.NONE,
            2,
            List.of("c", "d"),
            HEAD,
            0),
        new StitchRunner.Options(
            List.of(Method.RIDGE),
            Similarity.cosine(),
            Centering.NONE,
            BridgeOptions.defaults(),
            StitchRunner.AnchorChoice.fixed(ANCHORS),
            HEAD,
            List.of(0L)),
        new Translation(
            "ridge",
            SPACE.provenance(),
            SPACE.provenance(),
            ANCHORS,
            x -> x,
            new AnchoredSpace(MATRIX, MATRIX).frame(Centering.DATA, true),
            new NormStatistics(1, 0),
            Optional.empty(),
            Map.of("lambda", 1.0)));
  }

  private static List<Record> measures() {
    var side =
        new SpaceComparison.Side(
            "a", Path.of("a"), "0", SPACE, new SpaceStatistics(2, 2, 1, 1, 0, 1, 1));
    var paired = new SpaceComparison.PairedSpaces(SPACE.ids(), MATRIX, MATRIX, 0, 0);
    var pair = new SpaceComparison.Pair(side, side, paired, List.of(), List.of());
    return List.of(
        paired,
        pair,
        new SpaceComparison(
            List.of(side), List.of(), Resampling.DEFAULT, List.of(pair), List.of("note"), 1));
  }

  private static List<Record> migration() {
    var judgments = new Judgments(Map.of("q", Map.of("d", 1)));
    MigrationSettings settings = MigrationSettings.defaults();
    var quality = new TranslationQuality(2, 1, 0, 1, 0, .005);
    return List.of(
        judgments,
        settings,
        new MergedSearch.Found(0, 1, List.of(new MergedSearch.Result("d", 1))),
        new MigrationStudy.Queries(
            List.of("q"), Optional.empty(), MATRIX.rowRange(0, 1), judgments),
        new MigrationPlan(
            settings,
            Map.of(),
            List.of(),
            List.of(),
            quality,
            List.of(new MigrationPlan.Threshold(.5, .7, .6)),
            new MigrationPlan.Judged(1, 1),
            MATRIX,
            2));
  }

  @Test
  void everyRecordWithACollectionIsHere() throws IOException, URISyntaxException {
    var known = samples().stream().map(Object::getClass).map(Class::getName);
    var found = publicRecords().filter(PublicRecordsTest::hasCollection).map(Class::getName);
    assertEquals(
        new TreeSet<>(known.toList()), found.collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void noRecordHasAnArrayWhichCouldNotBeKeptFromChange() throws IOException, URISyntaxException {
    List<Class<?>> records = publicRecords().toList();
    assertTrue(records.size() > 50, () -> "only " + records.size());
    for (Class<?> type : records) {
      for (RecordComponent component : type.getRecordComponents()) {
        assertFalse(component.getType().isArray(), () -> type + " " + component);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void collectionsAreCopies(Record sample) throws ReflectiveOperationException {
    RecordComponent[] components = sample.getClass().getRecordComponents();
    Object[] given = new Object[components.length];
    for (int i = 0; i < given.length; i++) {
      given[i] = changeable(components[i].getAccessor().invoke(sample));
    }
    Record made = canonical(sample.getClass(), components).newInstance(given);
    for (int i = 0; i < given.length; i++) {
      Object kept = components[i].getAccessor().invoke(made);
      if (given[i] instanceof Collection<?> collection) {
        int size = collection.size();
        collection.clear();
        assertEquals(size, ((Collection<?>) kept).size(), components[i].toString());
        assertThrows(UnsupportedOperationException.class, () -> ((List<?>) kept).add(null));
      } else if (given[i] instanceof Map<?, ?> map) {
        int size = map.size();
        map.clear();
        assertEquals(size, ((Map<?, ?>) kept).size(), components[i].toString());
        assertThrows(UnsupportedOperationException.class, () -> ((Map<?, ?>) kept).remove("a"));
      }
    }
  }

  private static Object changeable(Object value) {
    if (value instanceof NavigableMap<?, ?>) {
      return new TreeMap<>((Map<?, ?>) value);
    }
    if (value instanceof Map<?, ?> map) {
      return new LinkedHashMap<>(map);
    }
    return value instanceof List<?> list ? new ArrayList<>(list) : value;
  }

  private static <T extends Record> Constructor<T> canonical(
      Class<T> type, RecordComponent[] components) throws NoSuchMethodException {
    return type.getDeclaredConstructor(
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
  }

  private static boolean hasCollection(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getType)
        .anyMatch(t -> Collection.class.isAssignableFrom(t) || Map.class.isAssignableFrom(t));
  }

  private static Stream<Class<?>> publicRecords() throws IOException, URISyntaxException {
    Path root =
        Path.of(FloatMatrix.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString().replace('/', '.'))
          .filter(name -> name.endsWith(".class") && !name.contains(".internal."))
          .filter(name -> !name.endsWith("-info.class"))
          .<Class<?>>map(name -> load(name.substring(0, name.length() - ".class".length())))
          .filter(type -> type.isRecord() && isPublic(type))
          .toList()
          .stream();
    }
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicRecordsTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new LinkageError(name, e);
    }
  }
}
