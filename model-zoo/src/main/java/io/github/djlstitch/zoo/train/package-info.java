// SPDX-License-Identifier: Apache-2.0
/** Networks trained here, end to end: assembled from encoder and decoder, kept in the cache. */
@NullMarked
package io.github.djlstitch.zoo.train;

import org.jspecify.annotations.NullMarked;
