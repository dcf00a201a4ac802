//! Ten attacks at once, those of MQTT 5 among them, and a good client that loses nothing.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{Builder, JoinHandle},
    time::Duration,
};

use air780e_companion::broker::{CoreConfig, Limits, ServerConfig};

use crate::support::{broker_with, connect, connected};

type Attack = fn(SocketAddr) -> std::io::Result<()>;

#[test]
fn a_good_client_loses_nothing_during_ten_attacks() {
    let limits = Limits { connect_deadline: Duration::from_secs(2), ..Limits::default() };
    let core = CoreConfig { limits, ..CoreConfig::default() };
    let server = broker_with(ServerConfig { web: vec![([127, 0, 0, 1], 0).into()], core, ..ServerConfig::default() });
    let address = server.local_addr();
    let stop = Arc::new(AtomicBool::new(false));
    let attacks: [Attack; 10] = [
        nonsense,
        half_open,
        long_lengths,
        huge_properties,
        huge_connects,
        many_filters,
        deaf,
        take_overs,
        wills,
        retained,
    ];
    let attackers: Vec<_> = attacks.into_iter().map(|attack| attacker(attack, address, &stop)).collect();

    let mut good = connected(&server, b'g');
    good.write_all(&[0x82, 9, 0, 1, 0, 4, b'g', b'o', b'o', b'd', 1]).unwrap();
    good.read_exact(&mut [0; 5]).unwrap();
    for number in 0..300_u16 {
        let [high, low] = number.to_be_bytes();
        good.write_all(&[0x32, 10, 0, 4, b'g', b'o', b'o', b'd', 0, 1, high, low]).unwrap();
        let mut answer = [0; 16];
        good.read_exact(&mut answer).unwrap();
        assert_eq!(answer[..8], [0x32, 10, 0, 4, b'g', b'o', b'o', b'd'], "message {number}");
        assert_eq!(answer[10..], [high, low, 0x40, 2, 0, 1], "message {number}");
        good.write_all(&[0x40, 2, answer[8], answer[9]]).unwrap();
    }
    stop.store(true, Ordering::Release);
    let rounds: Vec<u32> = attackers.into_iter().map(|attacker| attacker.join().unwrap()).collect();
    assert!(rounds.iter().all(|rounds| *rounds > 0), "{rounds:?}");
}

/// Attacks again and again until told to stop, and counts.
fn attacker(attack: Attack, address: SocketAddr, stop: &Arc<AtomicBool>) -> JoinHandle<u32> {
    let stop = Arc::clone(stop);
    let run = move || {
        let mut rounds = 0;
        loop {
            // Being cut off is what an attacker has to expect.
            attack(address).ok();
            rounds += 1;
            if stop.load(Ordering::Acquire) {
                return rounds;
            }
        }
    };
    Builder::new().name("attacker".into()).spawn(run).unwrap()
}

fn open(address: SocketAddr) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_millis(200)))?;
    stream.set_write_timeout(Some(Duration::from_millis(200)))?;
    Ok(stream)
}

/// A client of MQTT 5 with a session of a hundred seconds.
fn open_v5(address: SocketAddr, letter: u8) -> std::io::Result<TcpStream> {
    let mut stream = open(address)?;
    stream.write_all(&[0x10, 19, 0, 4, b'M', b'Q', b'T', b'T', 5, 2, 0, 0, 5, 17, 0, 0, 0, 100, 0, 1, letter])?;
    stream.read_exact(&mut [0; 5])?;
    Ok(stream)
}

fn nonsense(address: SocketAddr) -> std::io::Result<()> {
    open(address)?.write_all(&[0xff; 4_096])
}

fn half_open(address: SocketAddr) -> std::io::Result<()> {
    let streams = (0..50).map(|_| open(address)).collect::<Result<Vec<_>, _>>()?;
    for mut stream in streams {
        stream.write_all(&connect(b'h')[..9])?;
    }
    Ok(())
}

fn long_lengths(address: SocketAddr) -> std::io::Result<()> {
    let mut stream = open_v5(address, b'l')?;
    stream.write_all(&[0x30, 0xff, 0xff, 0x3f])?;
    stream.write_all(&vec![0; 900_000])
}

/// PUBLISH packets of almost the largest size, all of it user properties.
fn huge_properties(address: SocketAddr) -> std::io::Result<()> {
    let mut stream = open_v5(address, b'p')?;
    let property = [&[38, 0, 1, b'a', 0xff, 0xff][..], &vec![b'x'; 65_535]].concat();
    let properties = property.repeat(15);
    let length = |mut number: usize| {
        let mut digits = Vec::new();
        while number > 0 {
            digits.push(u8::try_from(number % 128).unwrap_or(0) | if number >= 128 { 0x80 } else { 0 });
            number /= 128;
        }
        digits
    };
    let body = [&[0, 4, b'g', b'o', b'o', b'p'][..], &length(properties.len()), &properties].concat();
    let packet = [&[0x31][..], &length(body.len()), &body].concat();
    for _ in 0..5 {
        stream.write_all(&packet)?;
    }
    Ok(())
}

/// A CONNECT with a great many properties.
fn huge_connects(address: SocketAddr) -> std::io::Result<()> {
    let property = [38, 0, 1, b'a', 0, 1, b'b'];
    let properties = property.repeat(2_000);
    let mut body = vec![0, 4, b'M', b'Q', b'T', b'T', 5, 2, 0, 0, 0xb0, 0x6d];
    body.extend_from_slice(&properties);
    body.extend_from_slice(&[0, 1, b'c']);
    let mut stream = open(address)?;
    stream.write_all(&[0x10, 0xbf, 0x6d])?;
    stream.write_all(&body)?;
    stream.read_exact(&mut [0; 2])
}

fn many_filters(address: SocketAddr) -> std::io::Result<()> {
    let mut stream = open_v5(address, b'f')?;
    for number in 0..500_u16 {
        let text = format!("{}{number}", "+/".repeat(30));
        let mut body = vec![0, 1, 0, 0, u8::try_from(text.len()).unwrap_or(0)];
        body.extend_from_slice(text.as_bytes());
        body.push(2);
        stream.write_all(&[&[0x82, u8::try_from(body.len()).unwrap_or(0)][..], &body].concat())?;
    }
    stream.read_exact(&mut [0; 6])
}

/// Asks for everything, reads nothing, and confirms nothing.
fn deaf(address: SocketAddr) -> std::io::Result<()> {
    let mut stream = open_v5(address, b'd')?;
    stream.write_all(&[0x82, 7, 0, 1, 0, 0, 1, b'#', 2])?;
    let mut talker = open(address)?;
    talker.write_all(&connect(b'e'))?;
    for _ in 0..2_000 {
        talker.write_all(&[&[0x30, 0x83, 0x08, 0, 1, b'a'][..], &[b'x'; 1_024]].concat())?;
    }
    Ok(())
}

fn take_overs(address: SocketAddr) -> std::io::Result<()> {
    for _ in 0..20 {
        open(address)?.write_all(&connect(b't'))?;
    }
    Ok(())
}

/// Comes with a will, and goes without a good-bye.
fn wills(address: SocketAddr) -> std::io::Result<()> {
    for _ in 0..20 {
        let mut stream = open(address)?;
        stream.write_all(&[0x10, 19, 0, 4, b'M', b'Q', b'T', b'T', 4, 6, 0, 0, 0, 1, b'w', 0, 1, b'w', 0, 1, b'!'])?;
        stream.read_exact(&mut [0; 4])?;
    }
    Ok(())
}

fn retained(address: SocketAddr) -> std::io::Result<()> {
    let mut stream = open_v5(address, b'r')?;
    for number in 0..2_000_u16 {
        let [high, low] = number.to_be_bytes();
        stream.write_all(&[0x31, 9, 0, 4, b'r', b'/', b'a' + high, b'a' + low % 26, 0, b'x', b'y'])?;
    }
    Ok(())
}
