# Expected values of ImageQualityTest: python image_quality.py (scikit-image 0.26.0).
import numpy as np
from skimage.metrics import mean_squared_error, peak_signal_noise_ratio, structural_similarity

CHANNELS, HEIGHT, WIDTH = 3, 13, 16
for image in range(2):
    i = np.arange(CHANNELS * HEIGHT * WIDTH) + 1000 * image
    x = ((i * 7 + i // 5 * 31) % 256 / 255).reshape(CHANNELS, HEIGHT, WIDTH)
    y = 0.8 * x + 0.2 * ((i * 3 + i // 11 * 17) % 256 / 255).reshape(x.shape)
    ssim = structural_similarity(
        x, y, channel_axis=0, data_range=1, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)
    print(mean_squared_error(x, y), peak_signal_noise_ratio(x, y, data_range=1), ssim)
