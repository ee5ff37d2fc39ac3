// SPDX-License-Identifier: Apache-2.0
/**
 * Indexes of vectors where teams keep them, read and written as streams of blocks of rows. Knows
 * nothing of what the vectors mean.
 */
@NullMarked
package io.github.djlstitch.indexes;

import org.jspecify.annotations.NullMarked;
