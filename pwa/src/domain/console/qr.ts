// Reads the server's QR code. The page may not take markup from a string, so the drawing's paths are read out
// and drawn anew; anything but plain path letters and numbers is refused.
import type { QrDrawing } from "../qr";

const PATH = /^[MmHhVvLlZz0-9 .,-]+$/u;

/** The drawing, or nothing if the text is not one that the server makes. */
export function readQr(svg: string): QrDrawing | undefined {
  const box = /viewBox="0 0 (\d+) (\d+)"/u.exec(svg);
  const dark = [...svg.matchAll(/<path\b[^>]*>/gu)].map(([tag]) => tag).find((tag) => !/fill="(?:#fff(?:fff)?|white)"/iu.test(tag));
  const path = / d="([^"]+)"/u.exec(dark ?? "")?.[1];
  if (box === null || path === undefined || !PATH.test(path)) return undefined;
  return { width: Number(box[1]), height: Number(box[2]), path };
}
