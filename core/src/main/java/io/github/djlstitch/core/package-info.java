// SPDX-License-Identifier: Apache-2.0
/** Types that every module shares: matrices, progress, and failures that a caller can act on. */
@NullMarked
package io.github.djlstitch.core;

import org.jspecify.annotations.NullMarked;
