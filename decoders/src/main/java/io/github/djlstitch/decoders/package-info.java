// SPDX-License-Identifier: Apache-2.0
/** Relative and absolute heads: training, decoding, files. */
@NullMarked
package io.github.djlstitch.decoders;

import org.jspecify.annotations.NullMarked;
