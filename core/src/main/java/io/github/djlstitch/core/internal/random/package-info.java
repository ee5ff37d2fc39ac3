// SPDX-License-Identifier: Apache-2.0
/** Seeded draws that are the same on every JVM. No supported API. */
@NullMarked
package io.github.djlstitch.core.internal.random;

import org.jspecify.annotations.NullMarked;
