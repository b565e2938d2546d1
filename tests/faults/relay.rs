//! A relay between phones and the server that breaks connections at a chosen byte.

use std::sync::{Arc, Mutex};

use rounds_tests::Client;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::world::client;

/// Where a connection breaks: after so many bytes of what the phone says, or of what the server answers. The server has then received or
/// said more than that; the other side has not.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cut {
    /// Bytes of requests that come through.
    pub request: Option<u64>,
    /// Bytes of answers that come through.
    pub answer: Option<u64>,
}

/// Says where the next connection breaks.
type Plan = Arc<Mutex<dyn FnMut() -> Cut + Send>>;

/// A running relay. It ends when dropped.
pub struct Relay {
    /// Client of the server behind it.
    pub client: Client,
    accepting: JoinHandle<()>,
}

impl Relay {
    /// Before a server on this machine.
    pub async fn before(port: u16, plan: impl FnMut() -> Cut + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = client(listener.local_addr().unwrap().port());
        let plan: Plan = Arc::new(Mutex::new(plan));
        let accepting = tokio::spawn(async move {
            while let Ok((phone, _)) = listener.accept().await {
                let cut = (plan.lock().unwrap())();
                tokio::spawn(relays(phone, port, cut));
            }
        });
        Self { client, accepting }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn relays(phone: TcpStream, port: u16, cut: Cut) {
    let Ok(server) = TcpStream::connect(("127.0.0.1", port)).await else {
        return;
    };
    let (from_phone, to_phone) = phone.into_split();
    let (from_server, to_server) = server.into_split();
    // Whichever direction ends first takes the other along, as a lost network does.
    tokio::select! {
        () = passes(from_phone, to_server, cut.request) => {}
        () = passes(from_server, to_phone, cut.answer) => {}
    }
}

async fn passes(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, budget: Option<u64>) {
    let mut left = budget.unwrap_or(u64::MAX);
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(read) = from.read(&mut bytes).await {
        let through = usize::try_from(left).map_or(read, |left| left.min(read));
        if read == 0 || to.write_all(&bytes[..through]).await.is_err() || through < read {
            return;
        }
        left -= u64::try_from(through).unwrap();
    }
}
