// SPDX-License-Identifier: Apache-2.0
/** Networks as TorchScript files that any PyTorch loads: parts of source with their tensors. */
@NullMarked
package io.github.djlstitch.core.internal.script;

import org.jspecify.annotations.NullMarked;
