// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.encoders.image.ImageSource;

/** One sample that is an image and a text at once. */
record ImageText(ImageSource image, String text) {}
