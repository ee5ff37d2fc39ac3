// SPDX-License-Identifier: Apache-2.0
/**
 * An index of vectors that changes its encoder: bridges from the old space to the new one and back,
 * what they cost in retrieval, and which encoder made a vector. Knows no format of any index.
 */
@NullMarked
package io.github.djlstitch.core.migrate;

import org.jspecify.annotations.NullMarked;
