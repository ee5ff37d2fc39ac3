// SPDX-License-Identifier: Apache-2.0
/** How clusters are joined. */
@NullMarked
package io.github.djlstitch.core.cluster;

import org.jspecify.annotations.NullMarked;
