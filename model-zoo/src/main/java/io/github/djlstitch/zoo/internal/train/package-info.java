// SPDX-License-Identifier: Apache-2.0
/** Trains networks end to end, of encoder and decoder, and caches them. */
@NullMarked
package io.github.djlstitch.zoo.internal.train;

import org.jspecify.annotations.NullMarked;
