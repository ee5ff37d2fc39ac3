// SPDX-License-Identifier: Apache-2.0
/** What every module shares: the failures that a caller can act on. */
@NullMarked
package io.github.djlstitch.core;

import org.jspecify.annotations.NullMarked;
