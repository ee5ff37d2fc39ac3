// SPDX-License-Identifier: Apache-2.0
/**
 * A space's own data, unlabeled and unpaired, as a help for vectors that came from elsewhere:
 * {@link SpaceMemory}, and {@link EvenRows} where not all data are needed.
 */
@NullMarked
package io.github.djlstitch.core.internal.memory;

import org.jspecify.annotations.NullMarked;
