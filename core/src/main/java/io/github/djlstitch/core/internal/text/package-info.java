// SPDX-License-Identifier: Apache-2.0
/** Texts as a terminal shows them. */
@NullMarked
package io.github.djlstitch.core.internal.text;

import org.jspecify.annotations.NullMarked;
