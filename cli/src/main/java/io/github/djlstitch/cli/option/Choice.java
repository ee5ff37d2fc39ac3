// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;

/**
 * One of a few names, written in lower case; the error for a misspelled name suggests the nearest.
 */
public final class Choice<E extends Enum<E> & Named> implements ITypeConverter<E> {
  private final String what;
  private final Class<E> type;

  private Choice(String what, Class<E> type) {
    this.what = what;
    this.type = type;
  }

  /** Lets a command and its subcommands read options of that type. */
  public static <E extends Enum<E> & Named> void register(
      CommandLine command, String what, Class<E> type) {
    command.registerConverter(type, new Choice<>(what, type));
  }

  @Override
  public E convert(String value) {
    List<String> known = Arrays.stream(type.getEnumConstants()).map(Named::id).toList();
    int chosen = known.indexOf(value.toLowerCase(Locale.ROOT));
    if (chosen < 0) {
      throw StitchException.usage(
          "no %s '%s'; %sknown: %s",
          what, value, NearestName.hint(value, known), String.join(", ", known));
    }
    return type.getEnumConstants()[chosen];
  }
}
