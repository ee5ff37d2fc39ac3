// SPDX-License-Identifier: Apache-2.0
/** Known answers of the bundled encoders. No supported API. */
@NullMarked
package io.github.djlstitch.zoo.internal.check;

import org.jspecify.annotations.NullMarked;
