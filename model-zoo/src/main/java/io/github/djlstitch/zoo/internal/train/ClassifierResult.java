// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import io.github.djlstitch.core.FloatMatrix;

/**
 * A trained classifier on its test samples.
 *
 * @param run record of its training
 * @param accuracy share of correct predictions, in [0, 1]
 * @param weightedF1 F1 of each class weighted by its share, in [0, 1]
 * @param latents the test samples' latents, before the relative layer, shape (N, D)
 */
public record ClassifierResult(
    TrainedRun run, double accuracy, double weightedF1, FloatMatrix latents) {}
