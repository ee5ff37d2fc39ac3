// SPDX-License-Identifier: Apache-2.0
/** Texts of strangers in messages. No supported API. */
@NullMarked
package io.github.djlstitch.zoo.internal.text;

import org.jspecify.annotations.NullMarked;
