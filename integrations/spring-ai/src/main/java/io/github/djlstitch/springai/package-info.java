// SPDX-License-Identifier: Apache-2.0
/**
 * Encoders, bridges and heads for Spring: embedding models of Spring AI, configured by properties
 * under {@code stitch}, with health and metrics.
 */
@NullMarked
package io.github.djlstitch.springai;

import org.jspecify.annotations.NullMarked;
