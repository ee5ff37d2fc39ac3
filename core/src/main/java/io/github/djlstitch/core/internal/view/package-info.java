// SPDX-License-Identifier: Apache-2.0
/** Axes of pictures. No supported API. */
@NullMarked
package io.github.djlstitch.core.internal.view;

import org.jspecify.annotations.NullMarked;
