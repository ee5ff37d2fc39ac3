// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.djlstitch.cli.option.CodecOptions;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option of codecs with every codec and fitted method: it is read or refused. */
final class CodecOptionsTest {
  /** The company in which an option means something, and the option. */
  private static final List<String> WALK =
      List.of(
          "--anchors=40 | --anchor-strategy=fps",
          " | --anchors=30",
          "--anchors=40 | --anchors-from=trec",
          "--anchors=40 | --seed=5",
          "--anchors=40 | --center=none",
          "--anchors=40 | --lambda=9",
          "--anchors=40 --inverse=ridge | --lambda=9",
          "--anchors=40 | --delta=.5",
          "--anchors=40 | --omega=2",
          "--anchors=40 --delta=.3 | --omega=2",
          "--anchors=40 | --inverse=parseval",
          "--anchors=40 | --floor=.5",
          "--anchors=40 --inverse=truncated | --floor=.5",
          "--anchors=40 --delta=.3 | --completion=basis",
          "--anchors=40 --delta=.3 | --completion=lifted",
          "--anchors=40 | --rank=3",
          "--anchors=40 | --power=.4");

  @TempDir Path folder;

  @BeforeEach
  void spaces() {
    for (String name : List.of("x", "y")) {
      var space = TwoViews.space(name, "train", TwoViews.ids("train"));
      space.save(path(name));
    }
  }

  static Stream<String> ways() {
    return Stream.concat(
        Arrays.stream(CodecSpec.Kind.values())
            .map(family -> "--codec=" + family.name().toLowerCase(Locale.ROOT)),
        Arrays.stream(Method.values())
            .filter(method -> method.family() == Method.Family.PAIRWISE)
            .map(method -> "--method=" + method.id()));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anOptionChangesTheVectorsOrIsRefused(String way) {
    for (String line : WALK) {
      String company = line.substring(0, line.indexOf('|')).strip();
      String option = line.substring(line.indexOf('|') + 1).strip();
      Run run = translate(way, company, option);
      if (run.code() == 0) {
        FloatMatrix with = result();
        translate(way, company.isEmpty() ? "--anchors=40" : company, "").ok();
        assertNotEquals(result(), with, way + " " + line);
      } else {
        run.refused(2);
        assertTrue(namesOne(run.err(), company + " " + option), way + " " + line + run.err());
      }
    }
  }

  private static boolean namesOne(String message, String options) {
    return Stream.of(options.strip().split(" "))
        .map(option -> option.replaceFirst("=.*", ""))
        .anyMatch(message::contains);
  }

  @Test
  void theWalkHasEveryOption() {
    Set<String> walked = OptionNames.in(WALK);
    walked.add("--codec");
    assertEquals(OptionNames.of(new CodecOptions()), walked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--codec=auto --delta=.5 | --delta does not go with --codec auto, but with --codec irp",
        "--codec=auto --lambda=1 | but with --codec coordinates, irp, parseval or --method ridge",
        "--method=linear --lambda=2 | does not go with --method linear, but with --codec coordina",
        "--codec=irp --delta=0 --omega=4 | --omega needs a --delta that is a number above 0",
      })
  void aRefusalSaysWhoReadsTheOption(String options, String part) {
    translate("--anchors=40", options, "").refused(2, part);
  }

  @Test
  void aFileOfAnchorsIsNotChosenFrom() {
    translate("--anchors=" + folder.resolve("a.json"), "--anchor-strategy=fps", "")
        .refused(2, "--anchor-strategy needs a number of --anchors");
  }

  /** The same codec has the same default, as a method and on a card. */
  @ParameterizedTest
  @CsvSource({
    "coordinates, lambda, 1",
    "irp --inverse=ridge, lambda, 3",
    "irp --inverse=truncated, floor, .1",
    "parseval, lambda, .1",
    "irp --delta=.3, omega, 8"
  })
  void cardsHaveTheDefaultsOfMethods(String codec, String number, double value) {
    String out = folder.resolve("card.safetensors").toString();
    String fixed = "card " + path("x") + " --anchors=40 --format=json --codec=" + codec;
    var arguments = Stream.of(fixed.split(" ")).collect(Collectors.toList());
    arguments.addAll(List.of("--out", out));
    String json = Run.of(arguments.toArray(String[]::new)).ok().out();
    JsonObject card =
        new Gson()
            .fromJson(json, JsonObject.class)
            .getAsJsonArray("results")
            .get(0)
            .getAsJsonObject();
    assertEquals(value, card.get(number).getAsDouble());
  }

  private Run translate(String... options) {
    Stream<String> files =
        Stream.of("translate", path("x"), "--from", path("x"), "--to", path("y"), "--out", out())
            .map(Object::toString);
    Stream<String> given =
        Stream.of(options).flatMap(part -> Stream.of(part.split(" "))).filter(o -> !o.isEmpty());
    return Run.of(Stream.concat(files, given).toArray(String[]::new));
  }

  private FloatMatrix result() {
    return LatentSpace.open(out()).vectors();
  }

  private Path out() {
    return path("out");
  }

  private Path path(String name) {
    return folder.resolve(name + ".safetensors");
  }
}
