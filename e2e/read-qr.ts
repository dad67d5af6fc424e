import jsQR from 'jsqr';
import type { Locator } from 'playwright-core';

/** What a camera reads from an element as it is drawn on the screen: a screenshot, its pixels, a QR reader of another make. */
export const readQr = async (drawn: Locator): Promise<string | undefined> => {
  const png = (await drawn.screenshot()).toString('base64');
  const browser = drawn.page().context().browser();
  if (!browser) throw new Error('the page has no browser of its own');
  const page = await browser.newPage();
  try {
    const { width, height, pixels } = await page.evaluate(async (base64) => {
      const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('no canvas');
      pen.drawImage(image, 0, 0);
      return { width: image.width, height: image.height, pixels: [...pen.getImageData(0, 0, image.width, image.height).data] };
    }, png);
    return jsQR(Uint8ClampedArray.from(pixels), width, height)?.data;
  } finally {
    await page.close();
  }
};
