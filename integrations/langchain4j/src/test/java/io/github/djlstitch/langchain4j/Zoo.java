// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import java.nio.file.Path;

/** The bundled encoders, in a folder of a test. */
final class Zoo {
  private Zoo() {}

  static ModelZoo in(Path cache) {
    return ModelZoo.open(ZooOptions.in(cache));
  }
}
