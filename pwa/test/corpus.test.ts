// The golden corpus, run against the TypeScript side of the contract. The Rust side runs the same files.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CONSTANTS, type Catalogue, type Contact, type FieldError, type Level, type RecordBody, type SealingKey } from "../src/generated/contract";
import { fromBase64url, toBase64url } from "../src/domain/base64url";
import { digestInput, pad, sealingMessage, tokenMessage, utf8 } from "../src/domain/bytes";
import { normalise } from "../src/domain/client-code";
import { isSlip } from "../src/domain/slip";
import { checkContact, contactWarnings } from "../src/domain/validation";
import { checkRecord, recordWarnings } from "../src/domain/validation-record";
import { isPinned, trustedKeys } from "../src/sync/keys";
import { suite } from "../src/sync/seal";

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the shape of its own file
function corpus<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../shared/corpus/${name}.json`, import.meta.url), "utf8")) as T;
}

const bytes = (text: string): Uint8Array<ArrayBuffer> => fromBase64url(text)!;
const sha256 = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex");

describe("client codes", () => {
  const { cases } = corpus<{ cases: { code: string; normal: string | null }[] }>("client-codes");
  it.each(cases)("$code", ({ code, normal }) => expect(normalise(code) ?? null).toBe(normal));
});

describe("slips", () => {
  const { cases } = corpus<{ cases: { slip: string; valid: boolean }[] }>("slips");
  it.each(cases)("$slip", ({ slip, valid }) => expect(isSlip(slip)).toBe(valid));
});

describe("padding", () => {
  const { cases } = corpus<{ cases: { text: string; length: number; sha256: string }[] }>("padding");
  it.each(cases)("to $length bytes", ({ text, length, sha256: hash }) => {
    const padded = pad(utf8(text));
    expect([padded.length, sha256(padded)]).toEqual([length, hash]);
  });
});

describe("contacts", () => {
  interface Document {
    latest: string;
    today: string;
    catalogue: Catalogue;
    base: Contact;
    cases: { name: string; change: Partial<Contact>; errors: FieldError[]; warnings: string[] }[];
  }
  const { latest, today, catalogue, base, cases } = corpus<Document>("contacts");
  it.each(cases)("$name", ({ change, errors, warnings }) => {
    const contact = { ...base, ...change };
    expect(checkContact(contact, catalogue, latest)).toEqual(errors);
    expect(contactWarnings(contact, catalogue, today)).toEqual(warnings);
  });
});

describe("records", () => {
  interface Document {
    latest: string;
    today: string;
    catalogue: Catalogue;
    bases: Readonly<Record<string, object>>;
    cases: { name: string; kind: RecordBody["kind"]; level?: Level; change: object; errors: FieldError[]; warnings: string[] }[];
  }
  const { latest, today, catalogue, bases, cases } = corpus<Document>("records");
  it.each(cases)("$name", ({ kind, level, change, errors, warnings }) => {
    const record = { kind, body: { ...bases[kind], ...change } } as RecordBody;
    expect(checkRecord(record, catalogue, latest, level)).toEqual(errors);
    expect(recordWarnings(record, catalogue, today)).toEqual(warnings);
  });
  it("are of every kind", () => expect(Object.keys(bases).sort()).toEqual(Object.keys(CONSTANTS.SCHEMAS).sort()));
});

describe("sealing", () => {
  interface Document {
    private_key: string;
    public_key: string;
    cases: { header: string; plaintext: string; hdr: string; ek: string; ct: string; digest: string }[];
  }
  const { private_key, public_key, cases } = corpus<Document>("sealing");
  it.each(cases)("an op opens to its plaintext", async ({ header, plaintext, hdr, ek, ct, digest }) => {
    expect(toBase64url(utf8(header))).toBe(hdr);
    expect(sha256(digestInput(bytes(hdr), bytes(ek), bytes(ct)))).toBe(digest);
    const { kem } = suite();
    const key = await kem.deserializePrivateKey(bytes(private_key).buffer);
    const opener = await suite().createRecipientContext({ recipientKey: key, enc: bytes(ek).buffer, info: utf8("rounds/op/1").buffer });
    const opened = new Uint8Array(await opener.open(bytes(ct).buffer, bytes(hdr).buffer));
    expect(opened).toEqual(pad(utf8(plaintext)));
  });
  it("the public key is a point of the curve", () => expect(bytes(public_key).length).toBe(65));
});

describe("signatures", () => {
  interface Document {
    root_key: string;
    pin: string;
    nonce: string;
    sealing_key: SealingKey;
    cases: { name: string; key: string; message: string; sig: string; valid: boolean }[];
  }
  const document = corpus<Document>("signatures");
  it.each(document.cases)("$name", async ({ key, message, sig, valid }) => {
    const imported = await crypto.subtle.importKey("raw", bytes(key), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
    expect(await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, imported, bytes(sig), bytes(message))).toBe(valid);
  });
  it("messages are built as the corpus has them", () => {
    const { kid, key } = document.sealing_key;
    expect(toBase64url(sealingMessage(kid, bytes(key)))).toBe(document.cases[0]!.message);
    expect(toBase64url(tokenMessage(document.nonce))).toBe(document.cases[2]!.message);
  });
  it("a pinned root key is known, another is not", async () => {
    expect(await isPinned(document.root_key, document.pin)).toBe(true);
    expect(await isPinned(document.sealing_key.key, document.pin)).toBe(false);
  });
  it("a sealing key counts only under its own kid, key and signature", async () => {
    const good = document.sealing_key;
    const other = { ...good, sig: toBase64url(bytes(good.sig).map((byte, n) => (n === 5 ? byte ^ 1 : byte))) };
    expect(await trustedKeys(document.root_key, [{ ...good, kid: "k2" }, other, good])).toEqual([good]);
    expect(await trustedKeys(good.key, [good])).toEqual([]);
  });
});
