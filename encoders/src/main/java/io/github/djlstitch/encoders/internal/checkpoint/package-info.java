// SPDX-License-Identifier: Apache-2.0
/** Model folders, as the Hugging Face Hub and timm publish them, to opened encoders. */
@NullMarked
package io.github.djlstitch.encoders.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
