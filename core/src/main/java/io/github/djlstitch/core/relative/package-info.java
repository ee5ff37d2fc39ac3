// SPDX-License-Identifier: Apache-2.0
/** Relative representations: similarities, the projection, its DJL block and its inverses. */
@NullMarked
package io.github.djlstitch.core.relative;

import org.jspecify.annotations.NullMarked;
