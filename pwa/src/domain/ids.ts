// UUIDs. On phones ids are version 7 with the time floored to the UTC day, so that they don't tell when a contact was.

const DAY_MS = 86_400_000;

/** Writes 16 bytes in the usual groups. */
export function uuidText(bytes: Uint8Array): string {
  const hex = [...bytes.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

/** UUIDv7 of the UTC day of `now` from 16 random bytes. */
export function dayUuid(now: number, random: Uint8Array): string {
  const bytes = random.slice(0, 16);
  const day = Math.max(0, Math.floor(now / DAY_MS) * DAY_MS);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(day / 2 ** 32));
  view.setUint32(2, day % 2 ** 32);
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f));
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  return uuidText(bytes);
}
