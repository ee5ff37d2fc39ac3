// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.stitch.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks options against the methods that read them. An option that no chosen method reads is
 * refused; one that only some of them read gives a warning.
 *
 * @param isGiven true for an option that is on the command line
 * @param similarity of the relative methods; empty where a saved head brings it
 */
public record OptionReaders(Predicate<String> isGiven, Optional<Similarity.Kind> similarity) {
  /** The options that not every method reads. */
  public static final List<String> OPTIONS =
      List.of(
          "--similarity",
          "--order",
          "--gamma",
          "--neighbors",
          "--positive-distances",
          "--lambda",
          "--delta",
          "--omega");

  /**
   * Checks the options that are given.
   *
   * @return a warning for each option that some of the methods do not read
   * @throws StitchException (usage) if no method reads one
   */
  public List<String> check(List<Method> methods) {
    return OPTIONS.stream().filter(isGiven).flatMap(option -> check(option, methods)).toList();
  }

  private Stream<String> check(String option, List<Method> methods) {
    List<Method> readers = methods.stream().filter(method -> reads(method, option)).toList();
    if (readers.isEmpty()) {
      throw StitchException.usage(
          "%s does not go with --method %s; drop it, or choose of %s",
          option, ids(methods), ids(Arrays.stream(Method.values()).filter(m -> reads(m, option))));
    }
    Stream<Method> others = methods.stream().filter(method -> !readers.contains(method));
    return readers.size() == methods.size()
        ? Stream.empty()
        : Stream.of("%s is read by %s, not by %s".formatted(option, ids(readers), ids(others)));
  }

  private static String ids(List<Method> methods) {
    return ids(methods.stream());
  }

  private static String ids(Stream<Method> methods) {
    return methods.map(Method::id).collect(Collectors.joining(", "));
  }

  private boolean reads(Method method, String option) {
    return switch (option) {
      case "--delta", "--omega" -> method.prunes();
      case "--lambda" -> method.defaultLambda().isPresent() || isCoordinates(method);
      default -> method == Method.RELATIVE;
    };
  }

  private boolean isCoordinates(Method method) {
    return method == Method.RELATIVE && similarity.equals(Optional.of(Similarity.Kind.COORDINATES));
  }
}
