// SPDX-License-Identifier: Apache-2.0
/** The time of a process, by what took it. No supported API. */
@NullMarked
package io.github.djlstitch.core.internal.time;

import org.jspecify.annotations.NullMarked;
