// SPDX-License-Identifier: Apache-2.0
/** The zoo's encoders for {@link ai.djl.repository.zoo.Criteria}. */
@NullMarked
package io.github.djlstitch.zoo.djl;

import org.jspecify.annotations.NullMarked;
