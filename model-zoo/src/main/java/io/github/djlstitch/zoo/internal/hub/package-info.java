// SPDX-License-Identifier: Apache-2.0
/** Downloads published files: verified, and cached in the folder of the Hub's Python client. */
@NullMarked
package io.github.djlstitch.zoo.internal.hub;

import org.jspecify.annotations.NullMarked;
