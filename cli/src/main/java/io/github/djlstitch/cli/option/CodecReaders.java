// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.stitch.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The codecs and fitted methods that read each option of {@link CodecOptions}. An option that the
 * chosen one does not read is refused.
 *
 * @param isGiven true for an option that is on the command line
 */
record CodecReaders(Predicate<String> isGiven) {
  private static final Set<CodecSpec.Kind> ALL = Set.of(CodecSpec.Kind.values());
  private static final Set<CodecSpec.Kind> IRP = Set.of(CodecSpec.Kind.IRP);
  private static final Set<CodecSpec.Kind> PARSEVAL = Set.of(CodecSpec.Kind.PARSEVAL);

  private static final Map<String, Set<CodecSpec.Kind>> CODECS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("--anchors", ALL),
              Map.entry("--anchor-strategy", ALL),
              Map.entry("--codec", ALL),
              Map.entry("--seed", ALL),
              Map.entry("--anchors-from", ALL),
              Map.entry(
                  "--lambda",
                  Set.of(CodecSpec.Kind.COORDINATES, CodecSpec.Kind.IRP, CodecSpec.Kind.PARSEVAL)),
              Map.entry("--center", Set.of(CodecSpec.Kind.COORDINATES, CodecSpec.Kind.IRP)),
              Map.entry("--delta", IRP),
              Map.entry("--omega", IRP),
              Map.entry("--inverse", IRP),
              Map.entry("--floor", IRP),
              Map.entry("--completion", IRP),
              Map.entry("--rank", PARSEVAL),
              Map.entry("--power", PARSEVAL)));

  private static final Set<String> READ_BY_FITS =
      Set.of("--anchors", "--anchor-strategy", "--seed", "--center");

  /** Refuses options that a codec does not read. */
  void check(CodecSpec.Kind codec) {
    CODECS.forEach(
        (option, readers) -> {
          if (isGiven.test(option) && !readers.contains(codec)) {
            throw StitchException.usage(
                "%s does not go with --codec %s, but with %s; drop it",
                option, codec.id(), readers(option));
          }
        });
  }

  /** Refuses options that a fitted method does not read. */
  void check(Method fit) {
    CODECS.keySet().stream()
        .filter(isGiven)
        .filter(option -> !READ_BY_FITS.contains(option) || centersItself(option, fit))
        .filter(option -> !(option.equals("--lambda") && fit.defaultLambda().isPresent()))
        .forEach(
            option -> {
              throw StitchException.usage(
                  "%s does not go with --method %s, but with %s; drop it",
                  option, fit.id(), readers(option));
            });
  }

  // It works where automatic codecs do: around the data.
  private static boolean centersItself(String option, Method fit) {
    return option.equals("--center") && fit == Method.SELF_LEARNING;
  }

  /** Refuses all of them. */
  void checkNone(String why) {
    CODECS.keySet().stream()
        .filter(isGiven)
        .forEach(
            option -> {
              throw StitchException.usage("%s; drop %s", why, option);
            });
  }

  private static String readers(String option) {
    String codecs =
        CODECS.getOrDefault(option, Set.of()).stream()
            .sorted()
            .map(CodecSpec.Kind::id)
            .collect(Collectors.joining(", ", "--codec ", ""));
    return option.equals("--lambda") ? codecs + " or --method " + Method.RIDGE.id() : codecs;
  }
}
