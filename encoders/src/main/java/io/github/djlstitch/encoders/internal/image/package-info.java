// SPDX-License-Identifier: Apache-2.0
/** Image files, decoding and preprocessing for vision encoders. */
@NullMarked
package io.github.djlstitch.encoders.internal.image;

import org.jspecify.annotations.NullMarked;
