// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where a training keeps its state, so that an interrupted one goes on where it was.
 *
 * @param file a safetensors file; whoever names it makes sure that the data is the same
 * @param warnings hears why a file that is there is not used
 */
public record Checkpoint(Path file, Consumer<String> warnings) {}
