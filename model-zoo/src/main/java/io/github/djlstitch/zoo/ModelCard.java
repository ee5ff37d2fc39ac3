// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import java.util.Map;

/** Describes a named encoder of the zoo without opening it. Immutable. */
public interface ModelCard {
  /** Returns the name that users type. */
  String name();

  /** {@code texts}, {@code images} or {@code both}. */
  String reads();

  /** Width D of the vectors. */
  int width();

  /** Returns the data it was trained on, in a few words. */
  String trainedOn();

  /** SPDX identifier of the weights' license; with {@code (?)} where it was not verified. */
  String licence();

  /** Returns the address at which the weights were published. */
  String origin();

  /** Returns further properties, in display order. */
  Map<String, String> details();
}
