// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

/**
 * The work that the scans of a JPEG file ask for, in blocks of 8 x 8 values. Each scan of a
 * progressive file passes over all blocks of its channels, however few bytes it has, so that a
 * small file could keep the decoder busy for hours.
 */
final class JpegScans {
  /** Most scans; encoders write about ten, and one for each coefficient would be 64. */
  static final int MOST_SCANS = 100;

  /** Most blocks; ten scans of an image of 100 million pixels in full color have fewer. */
  static final long MOST_BLOCKS = 30_000_000;

  private static final int END = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int FRAME = 8; // bytes before the channels of a frame: marker's length, ...

  private final byte[] bytes;
  private final int[] ids;
  private final long[] blocks; // of each channel
  private int scans;
  private long work;

  private JpegScans(byte[] bytes, int[] ids, long[] blocks) {
    this.bytes = bytes;
    this.ids = ids;
    this.blocks = blocks;
  }

  /**
   * Refuses a file whose scans ask for too much.
   *
   * @param frame index of the frame's length, which is known to be whole
   * @param scan index of the first scan's marker
   */
  static void requireFew(byte[] bytes, int frame, int scan, int width, int height)
      throws ImageFault {
    int count = bytes[frame + FRAME - 1] & 0xff;
    int across = 1;
    int down = 1;
    for (int i = 0; i < count; i++) {
      across = Math.max(across, factor(bytes, frame, i) >> 4);
      down = Math.max(down, factor(bytes, frame, i) & 0xf);
    }
    int[] ids = new int[count];
    long[] blocks = new long[count];
    long all = 0;
    for (int i = 0; i < count; i++) {
      ids[i] = bytes[frame + FRAME + 3 * i];
      blocks[i] =
          blocks(width, factor(bytes, frame, i) >> 4, across)
              * blocks(height, factor(bytes, frame, i) & 0xf, down);
      all += blocks[i];
    }
    if (all > 8L * bytes.length) { // the first scan has a bit for each block at least
      throw ImageFault.damaged(
          String.format("%d x %d pixels do not fit into %d bytes", width, height, bytes.length));
    }
    new JpegScans(bytes, ids, blocks).walk(scan);
  }

  private static int factor(byte[] bytes, int frame, int channel) {
    return bytes[frame + FRAME + 3 * channel + 1] & 0xff;
  }

  private static long blocks(int pixels, int factor, int most) {
    return ((long) pixels * factor + 8L * most - 1) / (8L * most);
  }

  // Where the markers break off, the decoder stops or says that the file is damaged.
  private void walk(int start) throws ImageFault {
    int at = start;
    while (at + 3 < bytes.length) {
      int marker = bytes[at + 1] & 0xff;
      if ((bytes[at] & 0xff) != 0xff || isData(marker)) {
        at++;
        continue;
      }
      if (marker == END) {
        return;
      }
      if (marker == START_OF_SCAN) {
        scan(at + 4);
      }
      at += 2 + ((bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff));
    }
  }

  // Stuffing, fill bytes and restarts.
  private static boolean isData(int marker) {
    return marker == 0 || marker == 0xff || (marker >= 0xd0 && marker <= 0xd7);
  }

  private void scan(int start) throws ImageFault {
    int count = start < bytes.length ? bytes[start] : 0;
    for (int i = 0; i < count && start + 1 + 2 * i < bytes.length; i++) {
      for (int k = 0; k < ids.length; k++) {
        work += ids[k] == bytes[start + 1 + 2 * i] ? blocks[k] : 0;
      }
    }
    scans++;
    if (scans > MOST_SCANS || work > MOST_BLOCKS) {
      throw new ImageFault(
          String.format(
              "has more than %d scans or %d blocks in them, which would take too long; save it"
                  + " again as a baseline JPEG or PNG",
              MOST_SCANS, MOST_BLOCKS));
    }
  }
}
