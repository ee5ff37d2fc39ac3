// SPDX-License-Identifier: Apache-2.0
/** Seeded training of DJL blocks: the loop, its optimizers, its checkpoints, the relative layer. */
@NullMarked
package io.github.djlstitch.core.internal.train;

import org.jspecify.annotations.NullMarked;
