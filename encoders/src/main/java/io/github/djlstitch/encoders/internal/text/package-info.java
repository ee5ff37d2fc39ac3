// SPDX-License-Identifier: Apache-2.0
/** Text encoders as DJL blocks, and their tokenizer. */
@NullMarked
package io.github.djlstitch.encoders.internal.text;

import org.jspecify.annotations.NullMarked;
