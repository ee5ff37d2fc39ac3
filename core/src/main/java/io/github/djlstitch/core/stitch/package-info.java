// SPDX-License-Identifier: Apache-2.0
/** Encoders plugged into decoders: the contracts, the assembled model, the grid and its report. */
@NullMarked
package io.github.djlstitch.core.stitch;

import org.jspecify.annotations.NullMarked;
