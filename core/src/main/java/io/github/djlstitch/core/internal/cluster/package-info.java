// SPDX-License-Identifier: Apache-2.0
/**
 * Algorithms on the rows of a matrix, which know nothing of spaces: into groups ({@link KMeans},
 * {@link Agglomeration}), a few that stand for all ({@link FarthestPointSampling}, {@link
 * PivotedRows}), pairs of two matrices ({@link MutualNeighbours}).
 */
@NullMarked
package io.github.djlstitch.core.internal.cluster;

import org.jspecify.annotations.NullMarked;
