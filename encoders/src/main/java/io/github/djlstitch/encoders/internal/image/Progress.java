// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/** Checks that all rows were decoded; the JDK's GIF reader accepts files with fewer. */
final class Progress implements IIOReadProgressListener {
  private static final float NEARLY_ALL = 99.999f;

  private float percent;

  /** Checks that nothing is missing. */
  void requireAll() throws ImageFault {
    if (percent < NEARLY_ALL) {
      throw ImageFault.truncated();
    }
  }

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {
    percent = Math.max(percent, percentageDone);
  }

  @Override
  public void sequenceStarted(ImageReader source, int minIndex) {}

  @Override
  public void sequenceComplete(ImageReader source) {}

  @Override
  public void imageStarted(ImageReader source, int imageIndex) {}

  @Override
  public void imageComplete(ImageReader source) {}

  @Override
  public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

  @Override
  public void thumbnailProgress(ImageReader source, float percentageDone) {}

  @Override
  public void thumbnailComplete(ImageReader source) {}

  @Override
  public void readAborted(ImageReader source) {}
}
