// SPDX-License-Identifier: Apache-2.0
/** Frozen pretrained encoders as DJL blocks run by LibTorch programs. */
@NullMarked
package io.github.djlstitch.encoders;

import org.jspecify.annotations.NullMarked;
