// SPDX-License-Identifier: Apache-2.0
/** Latent spaces, where they came from, and the anchors chosen in them. */
@NullMarked
package io.github.djlstitch.core.space;

import org.jspecify.annotations.NullMarked;
