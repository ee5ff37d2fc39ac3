// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import java.util.Map;

/** What the zoo knows of an encoder that has a name, without opening it. */
public interface ModelCard {
  /** What the user types. */
  String name();

  /** {@code texts}, {@code images} or {@code both}. */
  String reads();

  /** Width D of the vectors. */
  int width();

  /** What it was trained on, in a few words. */
  String trainedOn();

  /** SPDX identifier of the weights' licence; with {@code (?)} where it was not verified. */
  String licence();

  /** Where the weights were published. */
  String origin();

  /** What else is known, in the order in which it is shown. */
  Map<String, String> details();
}
