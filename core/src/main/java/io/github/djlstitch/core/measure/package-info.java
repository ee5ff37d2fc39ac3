// SPDX-License-Identifier: Apache-2.0
/** Scores of predictions, and measures of the similarity of latent spaces. */
@NullMarked
package io.github.djlstitch.core.measure;

import org.jspecify.annotations.NullMarked;
