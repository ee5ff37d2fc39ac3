// SPDX-License-Identifier: Apache-2.0
/** Text and image data sets by name or by path, as checked train and test splits. */
@NullMarked
package io.github.djlstitch.zoo.data;

import org.jspecify.annotations.NullMarked;
