// SPDX-License-Identifier: Apache-2.0
/** Parameters, number types and readouts shared by all frozen networks. */
@NullMarked
package io.github.djlstitch.encoders.internal.block;

import org.jspecify.annotations.NullMarked;
