// SPDX-License-Identifier: Apache-2.0
/** The contents of the cache folder, and their removal. */
@NullMarked
package io.github.djlstitch.zoo.internal.cache;

import org.jspecify.annotations.NullMarked;
