// SPDX-License-Identifier: Apache-2.0
/** Projections of spaces to two dimensions. */
@NullMarked
package io.github.djlstitch.core.view;

import org.jspecify.annotations.NullMarked;
