// SPDX-License-Identifier: Apache-2.0
/** Exported networks, ONNX graphs and TorchScript modules, as DJL blocks. */
@NullMarked
package io.github.djlstitch.encoders.internal.exported;

import org.jspecify.annotations.NullMarked;
