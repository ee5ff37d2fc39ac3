// SPDX-License-Identifier: Apache-2.0
/** Images and how they become what a vision encoder reads. */
@NullMarked
package io.github.djlstitch.encoders.image;

import org.jspecify.annotations.NullMarked;
