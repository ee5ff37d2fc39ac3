// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.options.EncoderOptions;
import picocli.CommandLine.ITypeConverter;

/** A layer's number, or {@code all}. */
final class LayerNumber implements ITypeConverter<Integer> {
  private static final String ALL = "all";

  @Override
  public Integer convert(String value) {
    if (value.equals(ALL)) {
      return EncoderOptions.EVERY_LAYER;
    }
    try {
      return Integer.valueOf(value);
    } catch (NumberFormatException e) {
      throw StitchException.usage("--layer %s; expected a whole number or '%s'", value, ALL);
    }
  }
}
