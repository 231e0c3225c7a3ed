//! Session descriptions as text: what an offer says of its sections, and what an answer must say.
//!
//! str0m negotiates codecs, transport and SSRCs. Three things it does not do for an SFU are done
//! here, as pure functions: an offer's `msid` is read even where str0m drops it (a stream id of
//! `-`), an answer names the track that a section carries now, and a section that carries none is
//! `inactive`, since str0m answers every `recvonly` with `sendonly`.

use std::collections::HashMap;
use std::fmt::Write;

/// What an m-line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    Audio,
    Video,
    /// Data channels.
    Application,
}

/// A direction as the *client* wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferedDirection {
    SendRecv,
    SendOnly,
    RecvOnly,
    Inactive,
}

impl OfferedDirection {
    /// Whether the client sends media in this section.
    pub fn sends(self) -> bool {
        matches!(self, Self::SendRecv | Self::SendOnly)
    }
}

/// One m-line of an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedSection {
    pub mid: String,
    pub kind: SectionKind,
    pub direction: OfferedDirection,
    /// The second word of `a=msid`: the sending track's id in the client, LiveKit's «cid».
    pub track: Option<String>,
}

/// Reads the sections of an offer, in order. Lines that make no sense are skipped: str0m, which
/// parses the same text, is the one that refuses an offer.
pub fn parse_offer(sdp: &str) -> Vec<OfferedSection> {
    let mut sections = Vec::new();
    for block in blocks(sdp).skip(1) {
        let Some(kind) = kind_of(block) else {
            continue;
        };
        let Some(mid) = attribute(block, "mid:") else {
            continue;
        };
        // RFC 8866 6.7: without a direction a section is sendrecv.
        let mut direction = OfferedDirection::SendRecv;
        for line in block.lines() {
            direction = match line {
                "a=sendrecv" => OfferedDirection::SendRecv,
                "a=sendonly" => OfferedDirection::SendOnly,
                "a=recvonly" => OfferedDirection::RecvOnly,
                "a=inactive" => OfferedDirection::Inactive,
                _ => direction,
            };
        }
        let track = attribute(block, "msid:")
            .and_then(|msid| msid.split_whitespace().nth(1))
            .map(str::to_owned);
        sections.push(OfferedSection {
            mid: mid.to_owned(),
            kind,
            direction,
            track,
        });
    }
    sections
}

/// What an answer says of one media section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnsweredSection {
    /// The client sends. `opus` is added to the Opus format parameters.
    Receives { opus: &'static [&'static str] },
    /// The server sends this track.
    Sends { stream_id: String, track_id: String },
    /// Nothing flows.
    Idle,
}

/// Opus parameters for a publisher: silence need not be sent.
pub const OPUS_DTX: &[&str] = &["usedtx=1"];
/// Opus parameters for music: both channels, at the highest rate.
pub const OPUS_STEREO: &[&str] = &["stereo=1", "maxaveragebitrate=510000"];

/// Rewrites str0m's answer: each media section whose mid is in `sections` says what is there;
/// others, and data channels, stay as they are.
pub fn rewrite_answer(sdp: &str, sections: &HashMap<String, AnsweredSection>) -> String {
    let mut out = String::with_capacity(sdp.len() + 256);
    for (index, block) in blocks(sdp).enumerate() {
        let section = attribute(block, "mid:").and_then(|mid| sections.get(mid));
        match section {
            Some(section) if index > 0 && kind_of(block) != Some(SectionKind::Application) => {
                rewrite_section(block, section, &mut out);
            }
            _ => out.push_str(block),
        }
    }
    out
}

fn rewrite_section(block: &str, section: &AnsweredSection, out: &mut String) {
    let direction = match section {
        AnsweredSection::Receives { .. } => "recvonly",
        AnsweredSection::Sends { .. } => "sendonly",
        AnsweredSection::Idle => "inactive",
    };
    let opus_payload = opus_payload(block);
    for line in block.lines() {
        match line {
            "a=sendrecv" | "a=sendonly" | "a=recvonly" | "a=inactive" => {
                let _ = write!(out, "a={direction}\r\n");
                if let AnsweredSection::Sends {
                    stream_id,
                    track_id,
                } = section
                {
                    let _ = write!(out, "a=msid:{stream_id} {track_id}\r\n");
                }
            }
            // Written anew beside the direction.
            _ if line.starts_with("a=msid:") => {}
            _ if line.starts_with("a=ssrc:") || line.starts_with("a=ssrc-group:") => {
                if let AnsweredSection::Sends {
                    stream_id,
                    track_id,
                } = section
                {
                    match line.split_once(" msid:") {
                        Some((ssrc, _)) => {
                            let _ = write!(out, "{ssrc} msid:{stream_id} {track_id}\r\n");
                        }
                        None => push_line(line, out),
                    }
                }
            }
            _ => match (section, opus_payload) {
                (AnsweredSection::Receives { opus }, Some(payload))
                    if is_format_of(line, payload) =>
                {
                    out.push_str(line);
                    for parameter in *opus {
                        let _ = write!(out, ";{parameter}");
                    }
                    out.push_str("\r\n");
                }
                _ => push_line(line, out),
            },
        }
    }
}

fn push_line(line: &str, out: &mut String) {
    out.push_str(line);
    out.push_str("\r\n");
}

/// The session part, then each m-line with what belongs to it, all with their line ends.
fn blocks(sdp: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(sdp);
    std::iter::from_fn(move || {
        let text = rest?;
        // Searching from the second byte finds the *next* m-line of a text that starts with one.
        let next = text
            .get(1..)
            .and_then(|tail| tail.find("\nm="))
            .map(|at| at + 2);
        match next {
            Some(at) => {
                rest = text.get(at..);
                text.get(..at)
            }
            None => {
                rest = None;
                Some(text)
            }
        }
    })
}

fn kind_of(block: &str) -> Option<SectionKind> {
    let kind = block.strip_prefix("m=")?.split_whitespace().next()?;
    match kind {
        "audio" => Some(SectionKind::Audio),
        "video" => Some(SectionKind::Video),
        "application" => Some(SectionKind::Application),
        _ => None,
    }
}

fn attribute<'a>(block: &'a str, name: &str) -> Option<&'a str> {
    block
        .lines()
        .find_map(|line| line.strip_prefix("a=")?.strip_prefix(name))
        .map(str::trim)
}

fn opus_payload(block: &str) -> Option<&str> {
    block.lines().find_map(|line| {
        let (payload, codec) = line.strip_prefix("a=rtpmap:")?.split_once(' ')?;
        codec
            .get(..5)
            .filter(|name| name.eq_ignore_ascii_case("opus/"))
            .map(|_| payload)
    })
}

fn is_format_of(line: &str, payload: &str) -> bool {
    line.strip_prefix("a=fmtp:")
        .and_then(|rest| rest.split_once(' '))
        .is_some_and(|(of, _)| of == payload)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFER: &str = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1 2\r\n\
        m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=sendonly\r\na=msid:- cid-of-audio\r\na=rtpmap:111 opus/48000/2\r\n\
        m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\na=recvonly\r\na=rtpmap:96 VP8/90000\r\n\
        m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\na=sctp-port:5000\r\n";

    #[test]
    fn an_offer_tells_mid_kind_direction_and_track_even_without_a_stream() {
        let sections = parse_offer(OFFER);
        assert_eq!(sections.len(), 3);
        assert_eq!(sections[0].mid, "0");
        assert_eq!(sections[0].track.as_deref(), Some("cid-of-audio"));
        assert!(sections[0].direction.sends());
        assert_eq!(sections[1].kind, SectionKind::Video);
        assert_eq!(sections[1].direction, OfferedDirection::RecvOnly);
        assert_eq!(sections[1].track, None);
        assert_eq!(sections[2].kind, SectionKind::Application);
    }

    #[test]
    fn nonsense_has_no_sections() {
        for text in [
            "",
            "m=",
            "\nm=",
            "v=0",
            "m=audio",
            "m=audio 9\r\na=mid",
            "é\nm=é",
        ] {
            assert!(parse_offer(text).is_empty(), "{text:?}");
        }
    }

    const ANSWER: &str = "v=0\r\na=group:BUNDLE 0 1 2\r\n\
        m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=recvonly\r\na=msid:x y\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n\
        m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\na=sendonly\r\na=msid:x y\r\na=rtpmap:96 VP8/90000\r\na=ssrc:7 cname:c\r\na=ssrc:7 msid:x y\r\na=ssrc-group:FID 7 8\r\n\
        m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\na=sendrecv\r\n";

    fn answer(mid: &str, section: AnsweredSection) -> String {
        rewrite_answer(ANSWER, &HashMap::from([(mid.to_owned(), section)]))
    }

    #[test]
    fn a_section_that_carries_a_track_names_it_in_msid_and_ssrc_lines() {
        let text = answer(
            "1",
            AnsweredSection::Sends {
                stream_id: "PA_a|TR_b".into(),
                track_id: "TR_b".into(),
            },
        );
        assert!(text.contains("a=sendonly\r\na=msid:PA_a|TR_b TR_b\r\n"));
        assert!(text.contains(
            "a=ssrc:7 cname:c\r\na=ssrc:7 msid:PA_a|TR_b TR_b\r\na=ssrc-group:FID 7 8\r\n"
        ));
        assert_eq!(
            text.matches("msid:x y").count(),
            1,
            "the other section stays"
        );
    }

    #[test]
    fn a_free_section_is_inactive_and_names_neither_track_nor_ssrc() {
        let text = answer("1", AnsweredSection::Idle);
        assert!(text.contains("a=mid:1\r\na=inactive\r\na=rtpmap"));
        assert!(!text.contains("ssrc"));
    }

    #[test]
    fn a_publishing_section_gets_the_opus_parameters_of_its_track() {
        let text = answer("0", AnsweredSection::Receives { opus: OPUS_STEREO });
        assert!(text.contains("useinbandfec=1;stereo=1;maxaveragebitrate=510000\r\n"));
        assert!(text.contains("a=mid:0\r\na=recvonly\r\na=rtpmap"));
    }

    #[test]
    fn data_channels_and_unnamed_sections_stay_as_they_are() {
        assert_eq!(rewrite_answer(ANSWER, &HashMap::new()), ANSWER);
        assert_eq!(answer("2", AnsweredSection::Idle), ANSWER);
    }
}
