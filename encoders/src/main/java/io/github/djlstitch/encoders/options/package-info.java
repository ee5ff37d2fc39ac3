// SPDX-License-Identifier: Apache-2.0
/** Options of opening an encoder. */
@NullMarked
package io.github.djlstitch.encoders.options;

import org.jspecify.annotations.NullMarked;
