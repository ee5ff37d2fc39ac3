// SPDX-License-Identifier: Apache-2.0
/**
 * A small network whose activation is homogeneous or not, for the experiment on scale. No supported
 * API.
 */
@NullMarked
package io.github.djlstitch.decoders.internal.activation;

import org.jspecify.annotations.NullMarked;
