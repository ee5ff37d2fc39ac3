// SPDX-License-Identifier: Apache-2.0
/** Names to verified files to opened encoders, decoders and data sets. */
@NullMarked
package io.github.djlstitch.zoo;

import org.jspecify.annotations.NullMarked;
