// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The file in which a training keeps its state, so that an interrupted one can resume.
 *
 * @param file a safetensors file; the caller makes sure that the data is the same
 * @param warnings receives the reason why an existing file is not used
 */
public record Checkpoint(Path file, Consumer<String> warnings) {}
