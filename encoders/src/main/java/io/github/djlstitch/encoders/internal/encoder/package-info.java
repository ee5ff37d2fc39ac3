// SPDX-License-Identifier: Apache-2.0
/** Tokenizers, preprocessing and networks put together to encoders. */
@NullMarked
package io.github.djlstitch.encoders.internal.encoder;

import org.jspecify.annotations.NullMarked;
