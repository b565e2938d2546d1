"""A whole client of Rounds: enrols as a phone, seals and pushes one contact, pulls, and reads a report.

    pip install cryptography
    python3 client.py http://localhost:8080 CODE DIGITS [SCRIPT_TOKEN]

CODE and DIGITS come from `rounds invite HANDLE` for a peer worker, SCRIPT_TOKEN from `rounds token create`.
"""

import base64, datetime, hashlib, hmac, json, secrets, sys, time, urllib.request, uuid

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def data(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def raw(key):
    """65 bytes of a public key: 04, x, y."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def sign(key, message):
    """ECDSA P-256 with SHA-256, as r and s of 32 bytes each."""
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    return text(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def verify(public, signature, message):
    """Raises when the signature is not of these 65 bytes."""
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))


# HPKE (RFC 9180), base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
KEM, SUITE = b"KEM\x00\x10", b"HPKE\x00\x10\x00\x01\x00\x02"


def extract(suite, salt, label, ikm):
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def expand(suite, prk, label, info, length):
    info = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(prk, info + b"\x01", "sha256")[:length]


def seal(public, info, aad, plaintext):
    """Encapsulated key (65 bytes) and ciphertext."""
    once = ec.generate_private_key(ec.SECP256R1())
    ek = raw(once)
    shared = once.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public))
    secret = expand(KEM, extract(KEM, b"", b"eae_prk", shared), b"shared_secret", ek + public, 32)
    context = b"\x00" + extract(SUITE, b"", b"psk_id_hash", b"") + extract(SUITE, b"", b"info_hash", info)
    prk = extract(SUITE, secret, b"secret", b"")
    key = expand(SUITE, prk, b"key", context, 32)
    nonce = expand(SUITE, prk, b"base_nonce", context, 12)
    return ek, AESGCM(key).encrypt(nonce, plaintext, aad)


def call(method, path, body=None, headers=None):
    headers = {"Content-Type": "application/json"} | (headers or {}) if body is not None else headers or {}
    request = urllib.request.Request(BASE + path, data=body, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as problem:
        sys.exit(f"{method} {path}: {problem.code} {problem.read().decode()}")


def day_uuid():
    """UUIDv7 with the time floored to the UTC day, so that ids don't tell contact times."""
    ms = int(time.time() // 86400 * 86400) * 1000
    number = ms << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=number))


BASE, code, digits = sys.argv[1:4]

# 1. Enrol. Keep the key, the answer and the last `dseq` for good.
key = ec.generate_private_key(ec.SECP256R1())
body = {"code": code, "digits": digits, "device_key": text(raw(key)), "app": "example/1"}
me = call("POST", "/api/v1/auth/enrol", json.dumps(body).encode())
root, sealing = data(me["root_key"]), me["sealing"][0]
verify(root, data(sealing["sig"]), b"rounds/sealing/1\n" + sealing["kid"].encode() + b"\n" + data(sealing["key"]))
print("enrolled as", me["handle"], "- the link must end in ." + text(hashlib.sha256(root).digest()[:16]))

# 2. Seal a contact. The header's exact bytes are the additional data.
op, today = day_uuid(), datetime.date.today().isoformat()
header = {"v": 1, "suite": 1, "kid": sealing["kid"], "programme": me["programme"], "device": me["device"],
          "op": op, "record": op, "rev": 1, "type": "put", "dseq": 1, "author": me["author"]}
contact = {"worker": me["author"], "catalogue": me["catalogue"]["version"], "site": me["catalogue"]["sites"][0]["code"],
           "service_date": today, "mode": "pair", "setting": "street", "returning": "new", "gender": "unknown",
           "age_band": "unknown", "injects": "not_asked", "code": "none",
           "lines": [{"item": me["catalogue"]["pad"]["syringe_item"], "direction": "out", "quantity": 10}]}
plaintext = json.dumps({"kind": "contact", "schema": 1, "body": contact}).encode()
plaintext += b" " * (-len(plaintext) % 256)
hdr = json.dumps(header).encode()
ek, ct = seal(data(sealing["key"]), b"rounds/op/1", hdr, plaintext)

# 3. Push. The signature over the raw bytes is the whole authentication.
push = {"proto": 1, "programme": me["programme"], "batch": str(uuid.uuid4()), "device": me["device"], "seen": "",
        "dseq_high": 1, "client": {"app": "example/1", "schemas": {"contact": 1}},
        "clock": {"now": datetime.datetime.now(datetime.timezone.utc).isoformat(), "tz": me["tz"]},
        "ops": [{"hdr": text(hdr), "ek": text(ek), "ct": text(ct)}]}
body = json.dumps(push).encode()
signed = {"X-Rounds-Device": f"{me['programme']}.{me['device']}", "X-Rounds-Signature": sign(key, body)}
answer = call("POST", "/api/v1/sync/push", body, signed)
print("pushed:", answer["results"], "missing:", answer["missing"])

# 4. Ask for a token and pull.
nonce = call("GET", "/api/v1/auth/challenge")["nonce"]
proof = {"programme": me["programme"], "device": me["device"], "author": me["author"], "nonce": nonce,
         "sig": sign(key, b"rounds/auth/1\n" + nonce.encode())}
token = call("POST", "/api/v1/auth/token", json.dumps(proof).encode())["token"]
pulled = call("GET", "/api/v1/sync/pull?cursor=0&catalogue=1", headers={"Authorization": f"Bearer {token}"})
print("pulled:", pulled["days"])

# 5. Read an exact report as a script.
if len(sys.argv) > 4:
    report = call("GET", f"/api/v1/reports?from={today}&to={today}&by=site", headers={"Authorization": f"Bearer {sys.argv[4]}"})
    print("report:", json.dumps(report))
