// SPDX-License-Identifier: Apache-2.0
/** Statistics of vectors and images that the experiments need. No supported API. */
@NullMarked
package io.github.djlstitch.core.internal.measure;

import org.jspecify.annotations.NullMarked;
