// Bytes over the wire: what a phone loads with one language, and each chunk that the console loads on demand.

import { CAPTURE, CHUNK, kib, sizes } from '../../../pwa/scripts/sizes.mjs';
import { line } from './table.mjs';

export function bytes() {
  const { total, lazy } = sizes();
  return [
    line('capture path with its largest language, brotli', kib(total), `≤ ${kib(CAPTURE)}`, total > CAPTURE),
    ...lazy.filter(({ bytes: n }) => n > 1024).map(({ file, bytes: n }) => line(`console: ${file.replace('assets/', '').replace(/-[\w-]{8}\./, '.')}`, kib(n), `≤ ${kib(CHUNK)}`, n > CHUNK)),
  ];
}
