// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import java.util.OptionalDouble;

/**
 * Accuracies of a node classifier after an epoch, each in [0, 1].
 *
 * @param validation over the validation nodes
 * @param even over one half of them
 * @param odd over the other half
 * @param test over the test nodes, if there are any
 * @param similarity mean cosine of the nodes' relative vectors with a reference's, if it was
 *     requested and is finite
 */
public record NodeEpoch(
    double validation, double even, double odd, OptionalDouble test, OptionalDouble similarity) {}
