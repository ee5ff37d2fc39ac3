// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.train;

import java.util.OptionalDouble;

/**
 * Shares of nodes that a classifier labels rightly after an epoch.
 *
 * @param validation over the validation nodes
 * @param even over one half of them
 * @param odd over the other half
 * @param test over the test nodes, if there are any
 * @param similarity mean cosine of the nodes' relative vectors with a reference's, if it is asked
 *     for and finite
 */
public record NodeEpoch(
    double validation, double even, double odd, OptionalDouble test, OptionalDouble similarity) {}
