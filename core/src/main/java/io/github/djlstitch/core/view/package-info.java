// SPDX-License-Identifier: Apache-2.0
/** Spaces seen in two dimensions. */
@NullMarked
package io.github.djlstitch.core.view;

import org.jspecify.annotations.NullMarked;
