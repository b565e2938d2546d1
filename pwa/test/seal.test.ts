// The key of an op may be made before the tap, but it is never the key of two.
import { describe, expect, it } from "vitest";
import { fromBase64url, toBase64url } from "../src/domain/base64url";
import { pad, utf8 } from "../src/domain/bytes";
import { CONSTANTS, type OpHeader } from "../src/generated/contract";
import { makeAhead, recipient, seal, senderTo, suite, type Recipient } from "../src/sync/seal";

const bytes = (text: string): Uint8Array<ArrayBuffer> => fromBase64url(text)!;

async function someRecipient(): Promise<Recipient> {
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return recipient({ kid: "k1", suite: 1, key: toBase64url(raw), sig: "" });
}

describe("the key of an op", () => {
  it("that was made ahead is used once, then a new one", async () => {
    const to = await someRecipient();
    makeAhead(to);
    const ahead = to.ahead;
    makeAhead(to);
    expect(to.ahead).toBe(ahead);
    const [first, second] = [await senderTo(to), await senderTo(to)];
    expect(first).toBe(await ahead);
    expect(new Uint8Array(second.enc)).not.toEqual(new Uint8Array(first.enc));
  });
  it("that could not be made ahead is an error for one save only", async () => {
    const to: Recipient = { ...(await someRecipient()), ahead: Promise.reject(new Error("no randomness")) };
    await expect(senderTo(to)).rejects.toThrow("no randomness");
    expect((await seal({} as OpHeader, "x", await senderTo(to))).ek.length).toBe(87);
  });
  it("made ahead seals what the programme's key opens", async () => {
    const pair = await suite().kem.generateKeyPair();
    const to: Recipient = { kid: "k1", key: pair.publicKey };
    makeAhead(to);
    const op = await seal({} as OpHeader, "kept", await senderTo(to));
    const [enc, ct, aad] = [bytes(op.ek).buffer, bytes(op.ct).buffer, bytes(op.hdr).buffer];
    const opener = await suite().createRecipientContext({ recipientKey: pair.privateKey, enc, info: utf8(CONSTANTS.OP_INFO).buffer });
    expect(new Uint8Array(await opener.open(ct, aad))).toEqual(pad(utf8("kept")));
  });
});
