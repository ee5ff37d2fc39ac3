// SPDX-License-Identifier: Apache-2.0
/** What lies in the cache folder, and its removal. */
@NullMarked
package io.github.djlstitch.zoo.internal.cache;

import org.jspecify.annotations.NullMarked;
