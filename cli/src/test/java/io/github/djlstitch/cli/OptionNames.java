// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Names of options, for tests that walk all of them. */
final class OptionNames {
  private OptionNames() {}

  /** Those that groups of options declare. */
  static Set<String> of(Object... groups) {
    return Stream.of(groups)
        .flatMap(group -> CommandSpec.forAnnotatedObject(group).options().stream())
        .map(OptionSpec::longestName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Those that lines of the form {@code ... | --option=value} name. */
  static Set<String> in(List<String> walk) {
    return walk.stream()
        .map(line -> line.replaceFirst(".*\\| ", "").replaceFirst("=.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
