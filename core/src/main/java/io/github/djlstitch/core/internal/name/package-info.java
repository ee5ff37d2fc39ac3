// SPDX-License-Identifier: Apache-2.0
/** Suggestions for mistyped names. No supported API. */
@NullMarked
package io.github.djlstitch.core.internal.name;

import org.jspecify.annotations.NullMarked;
