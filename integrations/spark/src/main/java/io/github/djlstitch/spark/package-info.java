// SPDX-License-Identifier: Apache-2.0
/**
 * Tables of Apache Spark, larger than one machine: texts to vectors or to labels, vectors into
 * another encoder's space, and whose vectors a table has.
 */
@NullMarked
package io.github.djlstitch.spark;

import org.jspecify.annotations.NullMarked;
