// SPDX-License-Identifier: Apache-2.0
/** Files: strict readers, writers that show nothing before the last byte, and digests. */
@NullMarked
package io.github.djlstitch.core.file;

import org.jspecify.annotations.NullMarked;
