// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

/**
 * Colors of numbers, from pale yellow over teal to deep blue: lightness falls evenly in Oklab
 * (Ottosson 2020), in which equal differences look equal, so that order can be seen without hue.
 */
final class Ramp {
  private static final double LIGHTEST = 0.965;
  private static final double DARKEST = 0.33;
  private static final double FIRST_HUE = 105;
  private static final double LAST_HUE = 268;
  private static final double LEAST_CHROMA = 0.035;
  private static final double MORE_CHROMA = 0.085;
  private static final int BYTE = 0xff;
  private static final double EVEN = 0.179; // black and white have the same contrast to it

  private Ramp() {}

  /** The color of a share, 0 to 1. */
  static Paint color(double share) {
    double t = Math.max(0, Math.min(1, share));
    double lightness = lightness(t);
    double chroma = LEAST_CHROMA + MORE_CHROMA * Math.sin(Math.PI * Math.min(1, 0.12 + 0.62 * t));
    double hue = Math.toRadians(FIRST_HUE + (LAST_HUE - FIRST_HUE) * Math.pow(t, 0.85));
    return Paint.fixed(rgb(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue)));
  }

  /** The color of words on it: black or white, whichever is told apart better. */
  static Paint words(double share) {
    return Paint.fixed(luminance(color(share).rgb()) > EVEN ? 0x000000 : 0xffffff);
  }

  // Of the Web Content Accessibility Guidelines 2.1.
  private static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double v = (channel & BYTE) / (double) BYTE;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  private static double lightness(double share) {
    return LIGHTEST + (DARKEST - LIGHTEST) * share;
  }

  private static int rgb(double lightness, double a, double b) {
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    int red = gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
    int green = gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
    int blue = gamma(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    return red << 16 | green << 8 | blue;
  }

  private static double cube(double value) {
    return value * value * value;
  }

  private static int gamma(double linear) {
    double v = Math.max(0, Math.min(1, linear));
    return (int)
        Math.round(BYTE * (v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055));
  }
}
