// SPDX-License-Identifier: Apache-2.0
/** Labeled data sets with fixed splits. */
@NullMarked
package io.github.djlstitch.core.data;

import org.jspecify.annotations.NullMarked;
