// SPDX-License-Identifier: Apache-2.0
/** Files and their digests. */
@NullMarked
package io.github.djlstitch.core.internal.file;

import org.jspecify.annotations.NullMarked;
