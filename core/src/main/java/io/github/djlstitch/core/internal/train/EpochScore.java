// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import java.util.OptionalDouble;

/**
 * Loss and score of one epoch.
 *
 * @param epoch from 0
 * @param loss mean over its steps
 * @param score after the epoch, if the objective has one
 */
public record EpochScore(int epoch, double loss, OptionalDouble score) {}
