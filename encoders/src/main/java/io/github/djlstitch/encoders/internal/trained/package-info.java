// SPDX-License-Identifier: Apache-2.0
/** Encoders that are trained here, as DJL blocks. */
@NullMarked
package io.github.djlstitch.encoders.internal.trained;

import org.jspecify.annotations.NullMarked;
