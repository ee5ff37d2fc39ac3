// SPDX-License-Identifier: Apache-2.0
/** Finds, verifies and opens encoders, decoders and data sets by name. */
@NullMarked
package io.github.djlstitch.zoo;

import org.jspecify.annotations.NullMarked;
