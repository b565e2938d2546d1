//! Senders that drip or send far too much: they get an end, they cost little memory, and others are served meanwhile.

use std::time::{Duration, Instant};

use rounds_shared::sync::{DEVICE_HEADER, OpCode, PushResponse, SIGNATURE_HEADER};
use rounds_tests::{Answer, Engine, Fresh, Peer, Signed, contact};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::world::World;

/// What a server may need beside what it has at rest, in KiB: the bodies that are open, many times over.
const ROOM_KIB: u64 = 96 * 1024;

/// Head of a push with a body of so many bytes.
fn head(push: &Signed, length: usize) -> String {
    format!(
        "POST /api/v1/sync/push HTTP/1.1\r\nhost: rounds\r\ncontent-type: application/json\r\n{DEVICE_HEADER}: {}\r\n{SIGNATURE_HEADER}: {}\r\ncontent-length: {length}\r\n\r\n",
        push.device, push.signature
    )
}

/// Reads to the end and returns the status.
async fn status(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    // A server that closes on a sender who still writes may reset the connection: what came before counts.
    let _ = stream.read_to_end(&mut text).await;
    String::from_utf8_lossy(&text).lines().next().unwrap_or_default().to_owned()
}

async fn is_served(peer: &mut Peer) {
    let start = Instant::now();
    peer.records(contact().syringes(1));
    let ops = std::mem::take(&mut peer.outbox);
    let push = peer.signs(ops);
    let answer: PushResponse = peer.sends(&push).await.json();
    assert_eq!(answer.results[0].code, OpCode::Accepted);
    assert!(start.elapsed() < Duration::from_secs(5), "others wait: {:?}", start.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_who_drip_get_408_and_others_are_served_in_bounded_memory() {
    let mut world = World::stage(Fresh::make(Engine::Sqlite).await, 1, 1).await;
    let server = world.serve("body.patience=error").await;
    let peer = &mut world.carriers[0].peer;
    is_served(peer).await;
    let rest = server.peak_kib();
    let push = peer.signs_bytes(vec![b' '; 500_000]);
    let mut dripping = JoinSet::new();
    for _ in 0..64 {
        let (head, port) = (head(&push, 500_000), world.port);
        dripping.spawn(async move {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            stream.write_all(head.as_bytes()).await.unwrap();
            stream.write_all(&[b' '; 250_000]).await.unwrap();
            // One byte at a time until the server has had enough.
            let mut ticks = tokio::time::interval(Duration::from_millis(100));
            loop {
                tokio::select! {
                    ready = stream.readable() => { ready.unwrap(); return status(stream).await; }
                    _ = ticks.tick() => if stream.write_all(b" ").await.is_err() { return status(stream).await; },
                }
            }
        });
    }
    is_served(&mut world.carriers[0].peer).await;
    let ends = dripping.join_all().await;
    assert!(ends.iter().all(|line| line.contains("408")), "{ends:?}");
    let grown = server.peak_kib() - rest;
    assert!(grown < ROOM_KIB, "{grown} KiB for 64 senders");
    is_served(&mut world.carriers[0].peer).await;
    server.kill();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_far_too_large_is_refused_in_bounded_memory() {
    let mut world = World::stage(Fresh::make(Engine::Sqlite).await, 1, 1).await;
    let server = world.serve("").await;
    let peer = &mut world.carriers[0].peer;
    is_served(peer).await;
    let rest = server.peak_kib();
    let good = String::from_utf8(peer.signs(Vec::new()).body).unwrap();
    let many = |op: &str, times: usize| {
        good.replace(r#""ops":[]"#, &format!(r#""ops":[{}]"#, vec![op; times].join(",")))
            .into_bytes()
    };
    let empty = r#"{"hdr":"","ek":"","ct":""}"#;
    let cases = [
        ("ten megabytes of one record", vec![b'x'; 10 * 1024 * 1024], "413"),
        ("a million ops", many(empty, 1_000_000), "413"),
        ("as many ops as fit", many(empty, 18_000), "422"),
        ("depth", b"[".repeat(500_000), "400"),
    ];
    let mut sending = JoinSet::new();
    for (name, body, expected) in cases {
        let push = peer.signs_bytes(body);
        for _ in 0..8 {
            let (push, client) = (push.clone(), server.client.clone());
            // The server may close the connection before the client has written it all, which also refuses it.
            sending.spawn(async move {
                (
                    name,
                    expected,
                    Answer::try_of(push.to(&client)).await.ok().map(|answer| answer.status),
                )
            });
        }
    }
    // A bomb: what would inflate to gigabytes is refused for being compressed at all.
    let push = peer.signs_bytes(vec![0; 400_000]);
    let bomb = Answer::of(push.to(&server.client).header("content-encoding", "gzip")).await;
    assert_eq!(bomb.status, 415);
    for (name, expected, status) in sending.join_all().await {
        assert!(status.is_none_or(|status| status.to_string() == expected), "{name}: {status:?}");
        assert!(expected == "413" || status.is_some(), "{name} has no answer");
    }
    let grown = server.peak_kib() - rest;
    assert!(grown < ROOM_KIB, "{grown} KiB");
    is_served(&mut world.carriers[0].peer).await;
    server.kill();
}
