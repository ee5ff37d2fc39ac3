// SPDX-License-Identifier: Apache-2.0
/** What the frozen blocks of every kind share: parameters, number type, readout. */
@NullMarked
package io.github.djlstitch.encoders.block;

import org.jspecify.annotations.NullMarked;
