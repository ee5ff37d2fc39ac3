// SPDX-License-Identifier: Apache-2.0
/** Pairwise baselines: maps fitted on the anchors of two spaces at once. */
@NullMarked
package io.github.djlstitch.core.align;

import org.jspecify.annotations.NullMarked;
