// Enrolment links and typed codes: 12 Crockford characters, and in links the first 16 bytes of the root key's SHA-256.

const CODE = /^[0-9A-HJKMNP-TV-Z]{12}$/u;

/** A typed code in its plain form: case, spaces, hyphens and look-alikes (O, I, L) are forgiven. */
export function plainCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/gu, "").replace(/O/gu, "0").replace(/[IL]/gu, "1");
  return CODE.test(code) ? code : undefined;
}

/** What an address's fragment says: an enrolment link and what the canary page read. */
export interface Fragment {
  code?: string;
  /** Pin of the root key, 16 bytes base64url. */
  pin?: string;
  /** Absent when the canary page has not been asked. */
  canary?: { device: string; unsent: number } | "none";
}

/** Reads a fragment without its `#`. */
export function readFragment(fragment: string): Fragment {
  const found: Fragment = {};
  for (const part of fragment.split("&")) {
    if (part.startsWith("canary=")) {
      const match = /^([0-9a-f-]{36})\.(\d{1,7})$/u.exec(part.slice(7));
      found.canary = match === null ? "none" : { device: match[1] ?? "", unsent: Number(match[2]) };
      continue;
    }
    const [typed = "", pin] = part.split(".");
    const code = plainCode(typed);
    if (code === undefined) continue;
    found.code = code;
    if (pin !== undefined && /^[A-Za-z0-9_-]{22}$/u.test(pin)) found.pin = pin;
    else if (pin !== undefined) found.pin = "";
  }
  return found;
}
