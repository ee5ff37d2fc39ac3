// SPDX-License-Identifier: Apache-2.0
/** Labelled data sets with fixed splits. */
@NullMarked
package io.github.djlstitch.core.data;

import org.jspecify.annotations.NullMarked;
