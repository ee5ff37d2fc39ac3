// SPDX-License-Identifier: Apache-2.0
/** Where the time of a process goes. No supported API. */
@NullMarked
package io.github.djlstitch.core.internal.time;

import org.jspecify.annotations.NullMarked;
