//! The form of a line of the route list.

use actix_web::{Route, http};

/// Who may use a route; the extractor of its handler has the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Anybody,
    /// Anybody, from the server's own pages.
    OwnPage,
    /// A phone by the signature over the request's bytes.
    Signature,
    /// A phone with a device token.
    Phone,
    /// Supervisors, evaluators and administrators.
    Staff,
    /// The same, also before they have set up the authenticator app that the server may demand.
    Newcomer,
    /// The same with a session of their own: no script.
    Session,
    /// Supervisors, for their own team, and administrators.
    Team,
    /// Evaluators and administrators.
    Evaluator,
    /// Administrators.
    Admin,
}

impl Access {
    /// In words, for the human page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Anybody => "anybody",
            Self::OwnPage => "the console's own pages",
            Self::Signature => "an enrolled phone, by its signature",
            Self::Phone => "an enrolled phone, by its token",
            Self::Staff => "any staff",
            Self::Newcomer => "any staff, also before an authenticator app that is demanded is set up",
            Self::Session => "any staff who are logged in, also before an authenticator app that is demanded is set up",
            Self::Team => "supervisors and administrators",
            Self::Evaluator => "evaluators and administrators",
            Self::Admin => "administrators",
        }
    }
}

/// Method of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// DELETE.
    Delete,
}

impl Verb {
    /// As HTTP writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    pub(super) fn method(self) -> http::Method {
        match self {
            Self::Get => http::Method::GET,
            Self::Post => http::Method::POST,
            Self::Put => http::Method::PUT,
            Self::Delete => http::Method::DELETE,
        }
    }
}

/// What a route takes as its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// JSON of a type of the contract.
    Json(&'static str),
    /// A CSV file.
    Csv,
}

/// What a route answers when all is well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// 204.
    Nothing,
    /// 200 with JSON of a type of the contract.
    Json(&'static str),
    /// 201 with JSON of a type of the contract.
    Created(&'static str),
    /// 200 with a JSON list of a type of the contract.
    List(&'static str),
    /// 200 with any JSON.
    AnyJson,
    /// 200 with a CSV file.
    Csv,
    /// 200 with a page.
    Html,
}

/// A line of the route list.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// Method.
    pub verb: Verb,
    /// Path with `{parameters}`.
    pub path: &'static str,
    /// Who may.
    pub access: Access,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Type of the query parameters.
    pub query: Option<&'static str>,
    /// Body.
    pub takes: Takes,
    /// Answer.
    pub gives: Gives,
    /// Makes the handler; runs once per worker thread.
    pub handler: fn() -> Route,
}

/// A GET that answers JSON of a type.
pub const fn get(path: &'static str, access: Access, gives: Gives, summary: &'static str, handler: fn() -> Route) -> Spec {
    Spec {
        verb: Verb::Get,
        path,
        access,
        summary,
        query: None,
        takes: Takes::Nothing,
        gives,
        handler,
    }
}

/// A POST.
pub const fn post(path: &'static str, access: Access, takes: Takes, gives: Gives, summary: &'static str, handler: fn() -> Route) -> Spec {
    Spec {
        verb: Verb::Post,
        takes,
        ..get(path, access, gives, summary, handler)
    }
}

/// A PUT.
pub const fn put(path: &'static str, access: Access, takes: Takes, gives: Gives, summary: &'static str, handler: fn() -> Route) -> Spec {
    Spec {
        verb: Verb::Put,
        ..post(path, access, takes, gives, summary, handler)
    }
}

/// A DELETE; it takes no body and answers none.
pub const fn delete(path: &'static str, access: Access, summary: &'static str, handler: fn() -> Route) -> Spec {
    Spec {
        verb: Verb::Delete,
        ..get(path, access, Gives::Nothing, summary, handler)
    }
}

impl Spec {
    /// The same with query parameters of a type of the contract.
    #[must_use]
    pub const fn query(mut self, schema: &'static str) -> Self {
        self.query = Some(schema);
        self
    }
}
