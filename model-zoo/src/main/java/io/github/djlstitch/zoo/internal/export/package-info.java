// SPDX-License-Identifier: Apache-2.0
/** Stitched models as files that other programs run. */
@NullMarked
package io.github.djlstitch.zoo.internal.export;

import org.jspecify.annotations.NullMarked;
