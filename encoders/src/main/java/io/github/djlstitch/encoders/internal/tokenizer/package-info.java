// SPDX-License-Identifier: Apache-2.0
/** Tokenizer files, checked before the native library sees them, as transformers reads them. */
@NullMarked
package io.github.djlstitch.encoders.internal.tokenizer;

import org.jspecify.annotations.NullMarked;
