// SPDX-License-Identifier: Apache-2.0
/** Linkages: distances between clusters. */
@NullMarked
package io.github.djlstitch.core.cluster;

import org.jspecify.annotations.NullMarked;
