// SPDX-License-Identifier: Apache-2.0
/** Values and failures that all modules share. */
@NullMarked
package io.github.djlstitch.core;

import org.jspecify.annotations.NullMarked;
