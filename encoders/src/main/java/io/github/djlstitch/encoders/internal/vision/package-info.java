// SPDX-License-Identifier: Apache-2.0
/** Vision encoders as DJL blocks. */
@NullMarked
package io.github.djlstitch.encoders.internal.vision;

import org.jspecify.annotations.NullMarked;
