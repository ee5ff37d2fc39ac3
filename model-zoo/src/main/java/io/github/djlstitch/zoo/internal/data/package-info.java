// SPDX-License-Identifier: Apache-2.0
/** Data sets by name, and the files they are read from. No supported API. */
@NullMarked
package io.github.djlstitch.zoo.internal.data;

import org.jspecify.annotations.NullMarked;
