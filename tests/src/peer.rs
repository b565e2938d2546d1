//! A peer worker with a phone: what is saved waits in the phone until it is sent and received.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use chrono_tz::Africa::Nairobi;
use reqwest::{Method, RequestBuilder};
use rounds::demo::{DeviceKey, Phone};
use rounds::secrets::sha256;
use rounds::wiring::Random;
use rounds_shared::auth::{Challenge, EnrolResponse, TokenResponse};
use rounds_shared::record::{Contact, RecordBody};
use rounds_shared::sync::{
    DEVICE_HEADER, OpHeader, OpResult, PullResponse, PushResponse, SIGNATURE_HEADER, SYNC_HEADER, SealedOp, digest_input,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::TestClock;
use crate::contact::Draft;
use crate::http::{Answer, Client};

/// Somebody who records on a phone.
#[derive(Debug)]
pub struct Peer {
    /// Handle.
    pub handle: String,
    /// The phone.
    pub phone: Phone,
    /// Root key that was pinned at enrolment.
    pub root_key: Vec<u8>,
    /// Ops that have no receipt yet.
    pub outbox: Vec<SealedOp>,
    client: Client,
    clock: TestClock,
}

/// A record as the phone saved it.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Record, which is also the id of its first op.
    pub record: Uuid,
    /// Op.
    pub op: Uuid,
    /// Its bytes.
    pub sealed: SealedOp,
    /// What was tapped.
    pub contact: Contact,
}

/// Address of an op in quarantine, by its id and its digest.
#[must_use]
pub fn held_at(sealed: &SealedOp) -> String {
    let [hdr, ek, ct] = [&sealed.hdr, &sealed.ek, &sealed.ct].map(|part| BASE64_URL_SAFE_NO_PAD.decode(part).unwrap());
    let header: OpHeader = serde_json::from_slice(&hdr).unwrap();
    let digest = sha256(&digest_input(&hdr, &ek, &ct));
    format!("/api/v1/quarantine/{}/{}", header.op.0, BASE64_URL_SAFE_NO_PAD.encode(digest))
}

/// The bytes of a push and their signature.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Body.
    pub body: Vec<u8>,
    /// Signature.
    pub signature: String,
    /// Device header.
    pub device: String,
}

impl Signed {
    /// The request, to whichever server.
    pub fn to(&self, client: &Client) -> RequestBuilder {
        client
            .post("/api/v1/sync/push")
            .header("content-type", "application/json")
            .header(DEVICE_HEADER, &self.device)
            .header(SIGNATURE_HEADER, &self.signature)
            .body(self.body.clone())
    }
}

impl Peer {
    /// Enrols a new phone by the code and the digits of an invite.
    pub async fn enrols(client: &Client, clock: &TestClock, code: &str, digits: &str) -> Self {
        let key = DeviceKey::generate().unwrap();
        let body = json!({ "code": code, "digits": digits, "device_key": key.public_base64url(), "app": "test" });
        let answer = Answer::of(client.post("/api/v1/auth/enrol").json(&body)).await;
        Self::enrolled(client.clone(), clock.clone(), key, &answer.json())
    }

    /// A peer worker whose phone has the answer to its enrolment.
    #[must_use]
    pub fn enrolled(client: Client, clock: TestClock, key: DeviceKey, enrolled: &EnrolResponse) -> Self {
        let sealing = enrolled.sealing.first().unwrap();
        let phone = Phone {
            programme: enrolled.programme.0,
            device: enrolled.device.0,
            author: enrolled.author.0,
            key,
            kid: sealing.kid.clone(),
            sealing_key: BASE64_URL_SAFE_NO_PAD.decode(&sealing.key).unwrap(),
            dseq: 0,
            seen: String::new(),
            random: Random::default(),
        };
        let root_key = BASE64_URL_SAFE_NO_PAD.decode(&enrolled.root_key).unwrap();
        Self {
            handle: enrolled.handle.clone(),
            root_key,
            ..Self::with_phone(client, clock, phone)
        }
    }

    /// Somebody with a phone that was enrolled without the walk through link and code.
    #[must_use]
    pub fn with_phone(client: Client, clock: TestClock, phone: Phone) -> Self {
        Self {
            handle: String::new(),
            phone,
            root_key: Vec::new(),
            outbox: Vec::new(),
            client,
            clock,
        }
    }

    /// From now on the phone talks to another server.
    pub fn moves_to(&mut self, client: &Client) {
        self.client = client.clone();
    }

    /// Id of the person.
    #[must_use]
    pub fn worker(&self) -> Uuid {
        self.phone.author
    }

    fn today(&self) -> NaiveDate {
        self.clock.now().with_timezone(&Nairobi).date_naive()
    }

    /// Saves a contact.
    pub fn records(&mut self, draft: Draft) -> Recorded {
        let contact = draft.of(self.phone.author, self.today());
        let (record, sealed) = self.phone.record(contact.clone(), self.clock.now_ms()).unwrap();
        self.outbox.push(sealed.clone());
        Recorded {
            record,
            op: record,
            sealed,
            contact,
        }
    }

    /// The body of a kind: the circumstances of a returning worker in a pair at the market today, and what is given.
    #[must_use]
    pub fn body(&self, kind: &str, own: &Value) -> RecordBody {
        let mut body = json!({
            "worker": self.phone.author, "catalogue": 1, "site": "market", "service_date": self.today(), "mode": "pair", "setting": "street",
        });
        body.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        RecordBody::read(kind, 1, body).unwrap_or_else(|error| panic!("{kind}: {error}"))
    }

    /// Saves a record of any kind and returns its id.
    pub fn says(&mut self, kind: &str, own: &Value) -> Uuid {
        let body = self.body(kind, own);
        let (record, sealed) = self.phone.record(body, self.clock.now_ms()).unwrap();
        self.outbox.push(sealed);
        record
    }

    /// Saves a revision of a record of any kind.
    pub fn amends(&mut self, record: Uuid, rev: i64, kind: &str, own: &Value) {
        let body = self.body(kind, own);
        let op = self.phone.random.day_uuid(self.clock.now_ms()).unwrap();
        let sealed = self.phone.put(op, record, rev, body).unwrap();
        self.outbox.push(sealed);
    }

    /// Removes a record of any kind.
    pub fn removes(&mut self, record: Uuid, rev: i64) {
        let op = self.phone.random.day_uuid(self.clock.now_ms()).unwrap();
        let sealed = self.phone.void(op, record, rev, "undo").unwrap();
        self.outbox.push(sealed);
    }

    /// Saves another revision of a record.
    pub fn corrects(&mut self, recorded: &Recorded, rev: i64, draft: Draft) -> Recorded {
        let contact = draft.of(self.phone.author, self.today());
        let op = self.phone.random.day_uuid(self.clock.now_ms()).unwrap();
        let sealed = self.phone.put(op, recorded.record, rev, contact.clone()).unwrap();
        self.outbox.push(sealed.clone());
        Recorded {
            record: recorded.record,
            op,
            sealed,
            contact,
        }
    }

    /// Takes a tap back.
    pub fn undoes(&mut self, recorded: &Recorded, rev: i64) -> Recorded {
        let op = self.phone.random.day_uuid(self.clock.now_ms()).unwrap();
        let sealed = self.phone.void(op, recorded.record, rev, "undo").unwrap();
        self.outbox.push(sealed.clone());
        Recorded {
            record: recorded.record,
            op,
            sealed,
            contact: recorded.contact.clone(),
        }
    }

    /// Sends what waits; what is durable then leaves the outbox.
    pub async fn syncs(&mut self) -> PushResponse {
        let answer = self.pushes(self.outbox.clone()).await;
        let mut results = answer.results.iter();
        self.outbox
            .retain(|_| !results.next().is_some_and(|result| result.code.is_durable()));
        answer
    }

    /// Sends ops, and remembers what the server says that it has.
    pub async fn pushes(&mut self, ops: Vec<SealedOp>) -> PushResponse {
        let sent = ops.len();
        let answer = self.sends(&self.signs(ops)).await;
        assert_eq!(answer.header(SYNC_HEADER), "1", "{} {}", answer.status, answer.text());
        let answer: PushResponse = answer.json();
        assert_eq!(answer.results.len(), sent, "one result per op");
        answer.seen.clone_into(&mut self.phone.seen);
        answer
    }

    /// Sends one op and returns its fate.
    pub async fn pushes_one(&mut self, op: SealedOp) -> OpResult {
        self.pushes(vec![op]).await.results.remove(0)
    }

    /// Makes a push without sending it.
    #[must_use]
    pub fn signs(&self, ops: Vec<SealedOp>) -> Signed {
        let (body, signature) = self.phone.push(ops, self.clock.now()).unwrap();
        Signed {
            body,
            signature,
            device: self.phone.device_header(),
        }
    }

    /// Signs any bytes as a push.
    #[must_use]
    pub fn signs_bytes(&self, body: Vec<u8>) -> Signed {
        let signature = self.phone.key.sign(&body).unwrap();
        Signed {
            body,
            signature,
            device: self.phone.device_header(),
        }
    }

    /// Sends a push that was made before.
    pub async fn sends(&self, push: &Signed) -> Answer {
        Answer::of(push.to(&self.client)).await
    }

    /// Sends a push to a server that may not be there.
    ///
    /// # Errors
    /// The client's own, when there is no whole answer.
    pub async fn tries(&self, push: &Signed) -> reqwest::Result<Answer> {
        Answer::try_of(push.to(&self.client)).await
    }

    /// Asks for a device token.
    pub async fn asks_token(&self) -> Answer {
        let challenge: Challenge = Answer::of(self.client.get("/api/v1/auth/challenge")).await.json();
        self.answers(&challenge.nonce).await
    }

    /// Answers a challenge.
    pub async fn answers(&self, nonce: &str) -> Answer {
        let phone = &self.phone;
        let sig = phone.key.answer(nonce).unwrap();
        let body = json!({ "programme": phone.programme, "device": phone.device, "author": phone.author, "nonce": nonce, "sig": sig });
        Answer::of(self.client.post("/api/v1/auth/token").json(&body)).await
    }

    /// A device token.
    pub async fn token(&self) -> String {
        self.asks_token().await.json::<TokenResponse>().token
    }

    /// Asks for something with a device token.
    pub async fn asks(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let request = self.client.request(method, path).bearer_auth(self.token().await);
        Answer::of(match body {
            Some(body) => request.json(body),
            None => request,
        })
        .await
    }

    /// Pulls what is newer than a cursor and a catalogue version.
    pub async fn pulls(&self, cursor: i64, catalogue: i64) -> PullResponse {
        let path = format!("/api/v1/sync/pull?cursor={cursor}&catalogue={catalogue}");
        let answer = Answer::of(self.client.get(&path).bearer_auth(self.token().await)).await;
        assert_eq!(answer.header(SYNC_HEADER), "1");
        answer.json()
    }
}
