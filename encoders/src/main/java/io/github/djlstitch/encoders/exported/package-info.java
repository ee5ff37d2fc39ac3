// SPDX-License-Identifier: Apache-2.0
/** Networks that somebody exported whole: ONNX graphs and TorchScript modules, as DJL blocks. */
@NullMarked
package io.github.djlstitch.encoders.exported;

import org.jspecify.annotations.NullMarked;
