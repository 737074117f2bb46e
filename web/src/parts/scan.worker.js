/** Looks for a QR code in the pictures that it gets; for browsers that cannot do so themselves. */
import jsQR from "jsqr";

self.onmessage = (/** @type {MessageEvent<{pixels: Uint8ClampedArray, width: number, height: number}>} */ { data }) => {
  const found = jsQR(data.pixels, data.width, data.height, { inversionAttempts: "dontInvert" });
  self.postMessage(found?.data ?? "");
};
