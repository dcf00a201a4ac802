//! What `air780e broker` leaves on disk: the store, over kills at any moment, and the capture.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::Path,
    time::Duration,
};

use crate::kit::process::Process;

fn start(store: &Path) -> (Process, u16) {
    let store = store.to_str().unwrap();
    let broker = Process::air780e(["broker", "--port", "0", "--store", store]);
    let port = broker.line().parse().unwrap();
    (broker, port)
}

/// A client whose session stays; whether it was there.
fn client(port: u16, letter: u8) -> (TcpStream, bool) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(&[0x10, 13, 0, 4, b'M', b'Q', b'T', b'T', 4, 0, 0, 0, 0, 1, letter]).unwrap();
    let connack: [u8; 4] = read(&mut stream);
    assert_eq!((connack[0], connack[3]), (0x20, 0));
    (stream, connack[2] == 1)
}

fn read<const N: usize>(stream: &mut TcpStream) -> [u8; N] {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).unwrap();
    bytes
}

/// The reader's session subscribes to `a` with QoS 1; then it goes.
fn subscribed(port: u16) {
    let (mut reader, present) = client(port, b'r');
    assert!(!present);
    reader.write_all(&[0x82, 6, 0, 1, 0, 1, b'a', 1]).unwrap();
    assert_eq!(read(&mut reader), [0x90, 3, 0, 1, 1]);
    goodbye(reader);
}

fn goodbye(mut client: TcpStream) {
    client.write_all(&[0xe0, 0]).unwrap();
    assert_eq!(client.read(&mut [0; 1]).unwrap(), 0);
}

/// The reader comes back; the numbers of the messages that waited for it, in their order.
fn waiting(port: u16) -> Vec<u16> {
    let (mut reader, present) = client(port, b'r');
    assert!(present, "its session is there");
    let mut numbers = Vec::new();
    reader.write_all(&[0xc0, 0]).unwrap();
    loop {
        let start: [u8; 2] = read(&mut reader);
        if start == [0xd0, 0] {
            // Whatever did not fit into the window comes after the confirmations.
            if numbers.len() % WINDOW != 0 || numbers.is_empty() {
                break;
            }
            reader.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
            let mut more = [0; 1];
            match reader.peek(&mut more) {
                Ok(1) => continue,
                _ => break,
            }
        }
        assert_eq!(start[1], 7);
        let message: [u8; 7] = read(&mut reader);
        numbers.push(u16::from_be_bytes([message[5], message[6]]));
        reader.write_all(&[0x40, 2, message[3], message[4]]).unwrap();
        if numbers.len() % WINDOW == 0 {
            reader.write_all(&[0xc0, 0]).unwrap();
        }
    }
    goodbye(reader);
    numbers
}

#[test]
fn what_was_confirmed_is_there_after_a_kill_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let (mut broker, mut port) = start(&store);
    assert_eq!(fs::metadata(&store).unwrap().permissions().mode() & 0o777, 0o600);
    subscribed(port);
    let mut next = 0_u16;
    for round in 0..12_u16 {
        let (mut writer, _) = client(port, b'w');
        let first = next;
        for number in first..first + 5 + 3 * round {
            let [high, low] = number.to_be_bytes();
            writer.write_all(&[0x32, 7, 0, 1, b'a', 0, 1, high, low]).unwrap();
            writer.write_all(&[0x33, 7, 0, 1, b'k', 0, 2, high, low]).unwrap();
            assert_eq!(read(&mut writer), [0x40, 2, 0, 1, 0x40, 2, 0, 2]);
            next = number + 1;
        }
        // One more is on its way when the power goes: it may be kept or not.
        let [high, low] = next.to_be_bytes();
        writer.write_all(&[0x32, 7, 0, 1, b'a', 0, 1, high, low]).unwrap();
        broker.kill();
        (broker, port) = start(&store);
        let numbers = waiting(port);
        let sure = usize::from(next - first);
        assert_eq!(numbers[..sure], (first..next).collect::<Vec<_>>(), "round {round}");
        assert!(numbers.len() <= sure + 1, "{numbers:?}");
        next += u16::from(numbers.len() > sure);
        let (mut check, _) = client(port, b'c');
        check.write_all(&[0x82, 6, 0, 1, 0, 1, b'k', 0]).unwrap();
        let kept: [u8; 12] = read(&mut check);
        assert_eq!(kept[5..10], [0x31, 5, 0, 1, b'k']);
        goodbye_cleanly(check, port);
    }
    assert!(broker.terminate().success());
}

/// Ends a session that nobody needs again.
fn goodbye_cleanly(client: TcpStream, port: u16) {
    drop(client);
    let mut clean = TcpStream::connect(("127.0.0.1", port)).unwrap();
    clean.write_all(&[0x10, 13, 0, 4, b'M', b'Q', b'T', b'T', 4, 2, 0, 0, 0, 1, b'c']).unwrap();
    let _connack: [u8; 4] = read(&mut clean);
    goodbye(clean);
}

#[test]
fn a_store_that_serves_no_broker_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let (_first, _) = start(&store);
    let wrong = folder.path().join("wrong");
    fs::write(&wrong, b"hunter2 is no store").unwrap();
    let here = folder.path().to_owned();
    for (path, expected) in
        [(&store, "another broker keeps its sessions"), (&wrong, "not a store of this broker"), (&here, "no file")]
    {
        let path = path.to_str().unwrap();
        let (status, _, errors) = Process::air780e(["broker", "--port", "0", "--store", path]).output();
        let errors = errors.join("\n");
        assert_eq!(status.code(), Some(2), "{errors}");
        assert!(errors.contains("--store") && errors.contains(expected), "{errors}");
    }
    assert_eq!(fs::read(&wrong).unwrap(), b"hunter2 is no store");
}

#[test]
fn a_capture_holds_every_packet_and_no_password() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("capture.pcapng");
    let elsewhere = folder.path().join("elsewhere");
    fs::write(&elsewhere, b"not ours").unwrap();
    std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
    let mut broker = Process::air780e(["broker", "--port", "0", "--pcapng", file.to_str().unwrap()]);
    let mut client = TcpStream::connect(("127.0.0.1", broker.line().parse().unwrap())).unwrap();
    client.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let connect = [&[0x10, 27, 0, 4][..], b"MQTT\x04\xc2\0\0\0\x01m\0\x04anna\0\x06secret"].concat();
    client
        .write_all(&[&connect[..], &[0x30, 6, 0, 1, b'a', b'x', b'y', b'z', 0x82, 6, 0, 1, 0, 1, b'a', 0]].concat())
        .unwrap();
    let _answers: [u8; 9] = read(&mut client);
    client.write_all(&[0xe0, 0]).unwrap();
    assert_eq!(client.read(&mut [0; 1]).unwrap(), 0);
    assert!(broker.terminate().success());

    assert_eq!(fs::read(&elsewhere).unwrap(), b"not ours", "a link is replaced, not followed");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let bytes = fs::read(&file).unwrap();
    assert!(!bytes.windows(6).any(|window| window == b"secret"));
    let mut masked = connect.clone();
    let length = masked.len();
    masked[length - 6..].fill(b'*');
    let streams = streams(&bytes);
    let expected =
        [&masked[..], &[0x30, 6, 0, 1, b'a', b'x', b'y', b'z', 0x82, 6, 0, 1, 0, 1, b'a', 0, 0xe0, 0]].concat();
    assert_eq!(streams.0, expected);
    assert_eq!(streams.1, [0x20, 2, 0, 0, 0x90, 3, 0, 1, 0]);
}

/// What the client and the broker sent, from the TCP segments in a capture of one connection. The sequence numbers have to
/// fit.
fn streams(mut bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let number = |bytes: &[u8]| u32::from_le_bytes(bytes[..4].try_into().unwrap());
    let (mut client, mut broker) = (Vec::new(), Vec::new());
    while !bytes.is_empty() {
        let (kind, length) = (number(bytes), usize::try_from(number(&bytes[4..])).unwrap());
        assert_eq!(number(&bytes[length - 4..]), number(&bytes[4..]), "a block ends with its length");
        if kind == 6 {
            let captured = usize::try_from(number(&bytes[20..])).unwrap();
            let ip = &bytes[28..28 + captured];
            assert_eq!((ip[0], usize::from(u16::from_be_bytes([ip[2], ip[3]]))), (0x45, captured));
            let tcp = &ip[20..];
            let from_broker = tcp[..2] == 1883_u16.to_be_bytes();
            let sequence = usize::try_from(u32::from_be_bytes(tcp[4..8].try_into().unwrap())).unwrap();
            let stream = if from_broker { &mut broker } else { &mut client };
            if tcp.len() > 20 {
                assert_eq!(sequence, 1 + stream.len());
                stream.extend_from_slice(&tcp[20..]);
            }
        }
        bytes = &bytes[length..];
    }
    (client, broker)
}

/// Messages that the broker lets be unconfirmed.
const WINDOW: usize = 20;
