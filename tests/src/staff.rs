//! A member of staff at the console: a session cookie, sent from the server's own pages.

use std::collections::BTreeMap;

use reqwest::{Method, RequestBuilder};
use rounds_shared::auth::{Role, SessionView};
use rounds_shared::console::{AuditEntry, AuditPage, Board, Correction, RecordPage, RecordView, VoidRequest};
use rounds_shared::quarantine::{QuarantineList, QuarantineView};
use rounds_shared::record::Contact;
use rounds_shared::report::Report;
use rounds_shared::team::TallyTable;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::http::{Answer, Client};

/// The password of everybody.
pub const PASSWORD: &str = "a long enough phrase";

/// Somebody who is logged in.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Handle.
    pub handle: String,
    /// Id.
    pub worker: Uuid,
    /// Role.
    pub role: Role,
    /// Log-in name.
    pub login: String,
    /// Password.
    pub password: String,
    /// The session cookie, name and value.
    pub cookie: String,
    /// Client of the server.
    pub client: Client,
}

/// What a supervisor expects to see of everything in reach.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Contacts.
    pub contacts: i64,
    /// Distinct codes.
    pub people: i64,
    /// Syringes out.
    pub syringes_out: i64,
    /// Syringes in.
    pub syringes_in: i64,
}

impl Staff {
    /// The cookie that an answer sets, as a browser sends it back.
    #[must_use]
    pub fn cookie_of(answer: &Answer) -> String {
        answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
    }

    /// Takes up an invite of the console with a log-in name.
    pub async fn joins(client: &Client, code: &str, digits: &str, login: &str) -> Self {
        let body = json!({ "code": code, "digits": digits, "login": login, "password": PASSWORD });
        let request = client.post("/api/v1/auth/join").header("sec-fetch-site", "same-origin").json(&body);
        let answer = Answer::of(request).await;
        let session: SessionView = answer.json();
        Self {
            handle: session.handle,
            worker: session.worker.0,
            role: session.role,
            login: login.to_owned(),
            password: PASSWORD.to_owned(),
            cookie: Self::cookie_of(&answer),
            client: client.clone(),
        }
    }

    /// The same person in a new session.
    pub async fn anew(&self) -> Self {
        let answer = self.logs_in(None).await;
        answer.succeeds();
        Self {
            cookie: Self::cookie_of(&answer),
            ..self.clone()
        }
    }

    /// Begins a request as the console's page sends it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, path)
            .header("cookie", &self.cookie)
            .header("sec-fetch-site", "same-origin")
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    /// POST of JSON.
    pub async fn post(&self, path: &str, body: &impl Serialize) -> Answer {
        Answer::of(self.request(Method::POST, path).json(body)).await
    }

    /// Logs in again, with a code of the authenticator app or without.
    pub async fn logs_in(&self, code: Option<&str>) -> Answer {
        let body = match code {
            Some(code) => json!({ "login": self.login, "password": self.password, "code": code }),
            None => json!({ "login": self.login, "password": self.password }),
        };
        let request = self.client.post("/api/v1/auth/login").header("sec-fetch-site", "same-origin");
        Answer::of(request.json(&body)).await
    }

    /// PUT of JSON.
    pub async fn put(&self, path: &str, body: &impl Serialize) -> Answer {
        Answer::of(self.request(Method::PUT, path).json(body)).await
    }

    /// Uploads a day sheet.
    pub async fn imports(&self, csv: &str) -> Answer {
        let request = self.request(Method::POST, "/api/v1/imports/daysheet?create=true");
        Answer::of(request.header("content-type", "text/csv").body(csv.to_owned())).await
    }

    /// Everything listed on the first page of records.
    pub async fn records(&self) -> Vec<RecordView> {
        self.get("/api/v1/records").await.json::<RecordPage>().records
    }

    /// One record of the list.
    pub async fn record(&self, id: Uuid) -> RecordView {
        let found = self.records().await.into_iter().find(|record| record.id.0 == id);
        found.unwrap_or_else(|| panic!("{} does not see record {id}", self.handle))
    }

    /// Every exact measure of the days of the tests.
    pub async fn measures(&self) -> BTreeMap<String, i64> {
        let answer = self.get("/api/v1/tallies?from=2026-01-01&to=2026-12-31").await;
        answer.json::<TallyTable>().measures
    }

    /// Corrects a record as it is on the screen.
    pub async fn corrects(&self, on_screen: &RecordView, contact: Contact) -> Answer {
        let correction = Correction {
            rev: on_screen.rev,
            reason: "said so on the phone".to_owned(),
            record: contact.into(),
        };
        self.put(&format!("/api/v1/records/{}", on_screen.id), &correction).await
    }

    /// Voids a record as it is on the screen.
    pub async fn voids(&self, on_screen: &RecordView) -> Answer {
        let request = VoidRequest {
            rev: on_screen.rev,
            reason: "recorded twice".to_owned(),
        };
        self.post(&format!("/api/v1/records/{}/void", on_screen.id), &request).await
    }

    /// The first page of what waits in quarantine.
    pub async fn quarantine(&self) -> Vec<QuarantineView> {
        self.get("/api/v1/quarantine").await.json::<QuarantineList>().ops
    }

    /// The team board.
    pub async fn board(&self) -> Board {
        self.get("/api/v1/board").await.json()
    }

    /// The newest entries of the audit chain.
    pub async fn audit(&self) -> Vec<AuditEntry> {
        self.get("/api/v1/audit").await.json::<AuditPage>().entries
    }

    /// Exact figures of a year.
    pub async fn figures(&self) -> Figures {
        let total = self
            .get("/api/v1/reports?from=2026-01-01&to=2026-12-31")
            .await
            .json::<Report>()
            .total;
        Figures {
            contacts: total.contacts.unwrap_or_default(),
            people: total.unique_codes.unwrap_or_default(),
            syringes_out: total.syringes_out.unwrap_or_default(),
            syringes_in: total.syringes_in.unwrap_or_default(),
        }
    }

    /// Fails unless the figures are these.
    pub async fn sees(&self, expected: Figures) {
        assert_eq!(self.figures().await, expected, "what {} sees", self.handle);
    }
}
