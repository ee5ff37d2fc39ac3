// SPDX-License-Identifier: Apache-2.0
/** Names that people mistype. No supported API. */
@NullMarked
package io.github.djlstitch.core.internal.name;

import org.jspecify.annotations.NullMarked;
