// SPDX-License-Identifier: Apache-2.0
/** Images as image encoders read them. */
@NullMarked
package io.github.djlstitch.encoders.image;

import org.jspecify.annotations.NullMarked;
