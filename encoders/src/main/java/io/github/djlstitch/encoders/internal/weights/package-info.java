// SPDX-License-Identifier: Apache-2.0
/** Named weights of checkpoints, whatever file they are in. */
@NullMarked
package io.github.djlstitch.encoders.internal.weights;

import org.jspecify.annotations.NullMarked;
