//! Throws dice: the same number gives the same throw.
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

fn throw(seed: u64) -> u64 {
    let mut x = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (x ^ (x >> 31)) % 6 + 1
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut line = String::new();
    BufReader::new(&stream).read_line(&mut line)?;
    let seed = line.split(' ').nth(1).and_then(|path| path[1..].parse().ok());
    let (status, body) = match seed {
        Some(seed) => ("200 OK", format!("{}\n", throw(seed))),
        None => ("400 Bad Request", "not a number\n".to_string()),
    };
    write!(stream, "HTTP/1.0 {status}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:7000")?;
    println!("listening on 7000");
    for stream in listener.incoming() {
        if let Err(e) = stream.and_then(answer) {
            eprintln!("{e}");
        }
    }
    Ok(())
}
