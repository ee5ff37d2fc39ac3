// SPDX-License-Identifier: Apache-2.0
/** Data of the experiments: graphs, word vectors, glosses. No supported API. */
@NullMarked
package io.github.djlstitch.zoo.internal.data;

import org.jspecify.annotations.NullMarked;
