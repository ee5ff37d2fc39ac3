// SPDX-License-Identifier: Apache-2.0
/** Trains word vectors on running text, in two ways, and keeps them. */
@NullMarked
package io.github.djlstitch.zoo.internal.words;

import org.jspecify.annotations.NullMarked;
