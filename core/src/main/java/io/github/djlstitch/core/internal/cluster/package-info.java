// SPDX-License-Identifier: Apache-2.0
/**
 * Algorithms on the rows of a matrix: groups ({@link KMeans}, {@link Agglomeration}),
 * representatives ({@link FarthestPointSampling}, {@link PivotedRows}), pairs of two matrices
 * ({@link MutualNeighbors}).
 */
@NullMarked
package io.github.djlstitch.core.internal.cluster;

import org.jspecify.annotations.NullMarked;
