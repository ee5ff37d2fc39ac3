// SPDX-License-Identifier: Apache-2.0
/**
 * Maps fitted on both spaces at once: paired ({@link Aligner}, {@link GeneralizedProcrustes},
 * {@link CanonicalCorrelation}), by few anchors and much unpaired data ({@link FunctionalMap}), by
 * none ({@link UnpairedAlignment}), and sparse relative vectors over coupled anchors ({@link
 * Asif}).
 */
@NullMarked
package io.github.djlstitch.core.align;

import org.jspecify.annotations.NullMarked;
