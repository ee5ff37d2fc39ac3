// SPDX-License-Identifier: Apache-2.0
/** Decoders that draw images, their variational codes and losses. */
@NullMarked
package io.github.djlstitch.decoders.internal.image;

import org.jspecify.annotations.NullMarked;
