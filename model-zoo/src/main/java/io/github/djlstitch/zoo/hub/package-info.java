// SPDX-License-Identifier: Apache-2.0
/** Options of downloads from the Hugging Face Hub. */
@NullMarked
package io.github.djlstitch.zoo.hub;

import org.jspecify.annotations.NullMarked;
