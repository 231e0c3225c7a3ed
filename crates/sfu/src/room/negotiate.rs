//! Offers and answers of a client with one connection: it always offers, we answer and ask.

use std::collections::HashMap;

use livekit_protocol as proto;
use proto::AudioTrackFeature;
use proto::signal_response::Message;
use rand::Rng;
use str0m::media::{MediaKind, Mid};

use super::{Context, MemberKey, Room};
use crate::output::Output;
use crate::participant::{Asked, Participant, SendingSection};
use crate::sdp::{
    AnsweredSection, OPUS_DTX, OPUS_STEREO, OfferedDirection, OfferedSection, SectionKind,
    parse_offer, rewrite_answer,
};
use crate::section::Section;

impl Room {
    pub(super) fn handle_offer(
        &mut self,
        key: MemberKey,
        offer: proto::SessionDescription,
        cx: &mut Context<'_>,
    ) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        let answer = match member.peer.answer(&offer.sdp) {
            Ok(answer) => answer,
            Err(error) => {
                tracing::info!(participant = %member.sid, %error, "an offer was refused");
                self.force_rejoin(key, cx);
                return;
            }
        };
        member.has_offered = true;
        member.asked = Asked::default();
        self.route_again(key, cx);
        let offered = parse_offer(&offer.sdp);
        self.take_sections(key, &offered, cx);
        self.match_sections(key, cx);
        // Free sections of this very offer are used for what waits.
        self.reconcile_quietly(key, cx);

        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        let sections = member.answered_sections(&offered);
        let sdp = rewrite_answer(&answer, &sections);
        let mut mid_to_track_id = HashMap::new();
        for section in &mut member.sections {
            let carried = section.carried.as_ref();
            let told = carried.map(|carried| carried.track.clone());
            let fell_idle = section.told.is_some() && told.is_none();
            section.told = told;
            if let Some(track) = &section.told {
                mid_to_track_id.insert(section.mid.to_string(), track.to_string());
            }
            if fell_idle {
                member.peer.renew_stream(section.mid);
                // Under 2¹⁵: see `Forwarder::new`.
                section.renumber(cx.rng.random_range(0..0x8000), cx.rng.random());
            }
        }
        let answer = proto::SessionDescription {
            r#type: "answer".to_owned(),
            sdp,
            id: offer.id,
            mid_to_track_id,
        };
        self.send(key, Message::Answer(answer), cx);
        self.start_forwarding(key, cx.now);
        // Sections that were emptied can carry again only now.
        self.reconcile(key, cx);
        self.mark(key);
    }

    /// Reconciles while an answer is being made, which itself tells the client everything.
    fn reconcile_quietly(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        if let Some(member) = self.members.get_mut(&key) {
            member.asked = Asked {
                offer: true,
                audios: u32::MAX,
                videos: u32::MAX,
            };
        }
        self.reconcile(key, cx);
        if let Some(member) = self.members.get_mut(&key) {
            member.asked = Asked::default();
        }
    }

    /// An ICE restart gave the connection another user fragment.
    fn route_again(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        let id = self.peer_id(key);
        if let Some(member) = self.members.get_mut(&key) {
            let ufrag = member.peer.ufrag();
            if ufrag != member.ufrag {
                member.ufrag.clone_from(&ufrag);
                cx.outputs.push_back(Output::Route(ufrag, id));
            }
        }
    }

    /// Notes which sections the client sends in, and which it can receive in.
    fn take_sections(&mut self, key: MemberKey, offered: &[OfferedSection], cx: &mut Context<'_>) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        member.sending.clear();
        for section in &mut member.sections {
            section.open = false;
        }
        for section in offered {
            let mid = Mid::from(section.mid.as_str());
            let audio = match section.kind {
                SectionKind::Audio => true,
                SectionKind::Video => false,
                SectionKind::Application => continue,
            };
            if section.direction.sends() {
                member.sending.push(SendingSection {
                    mid,
                    kind: if audio {
                        MediaKind::Audio
                    } else {
                        MediaKind::Video
                    },
                    cid: section.track.clone(),
                });
            } else if section.direction == OfferedDirection::RecvOnly {
                member.open_section(mid, audio, cx);
            }
        }
        for index in 0..member.sections.len() {
            if !member.sections[index].open {
                member.release(index, cx.now);
                member.sections[index].told = None;
            }
        }
        self.drop_dead_subscribers(key);
    }

    /// Ends forwarding into sections that the client stopped.
    fn drop_dead_subscribers(&mut self, key: MemberKey) {
        let Some(member) = self.members.get(&key) else {
            return;
        };
        let alive: Vec<_> = member
            .sections
            .iter()
            .map(|section| section.carried.is_some())
            .collect();
        for publication in self.members.values_mut().flat_map(|m| &mut m.publications) {
            publication.subscribers.retain(|subscriber| {
                subscriber.member != key || alive.get(subscriber.section) == Some(&true)
            });
        }
    }

    /// Asks the client for the sections that are short, or for an offer through which it learns
    /// what its sections carry now. Nothing is asked twice.
    pub(super) fn request_sections(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        let (audios, videos) = self.missing_sections(key);
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        if !member.has_offered || member.connection.is_none() {
            return;
        }
        let stale = member.sections.iter().any(Section::is_stale);
        let more_audios = audios.saturating_sub(member.asked.audios);
        let more_videos = videos.saturating_sub(member.asked.videos);
        let must_ask = more_audios > 0 || more_videos > 0 || (stale && !member.asked.offer);
        if !must_ask {
            return;
        }
        member.asked = Asked {
            offer: true,
            audios: member.asked.audios.max(audios),
            videos: member.asked.videos.max(videos),
        };
        let requirement = proto::MediaSectionsRequirement {
            num_audios: more_audios,
            num_videos: more_videos,
        };
        self.send(key, Message::MediaSectionsRequirement(requirement), cx);
    }

    /// How many tracks wait for a section, those aside that will find one emptied by the next
    /// offer.
    fn missing_sections(&self, key: MemberKey) -> (u32, u32) {
        let Some(member) = self.members.get(&key) else {
            return (0, 0);
        };
        if !member.grants.can_subscribe {
            return (0, 0);
        }
        let (mut audios, mut videos) = (0u32, 0u32);
        for publisher in self.members.values() {
            if publisher.key == key || publisher.is_hidden() {
                continue;
            }
            for publication in &publisher.publications {
                let waits = publication.is_visible()
                    && member.desires(&publication.sid)
                    && publisher.admits(member, &publication.sid)
                    && member.section_of(&publication.sid).is_none();
                match (waits, publication.is_audio()) {
                    (true, true) => audios += 1,
                    (true, false) => videos += 1,
                    (false, _) => {}
                }
            }
        }
        for section in &member.sections {
            if section.open && section.carried.is_none() {
                let kind = if section.audio {
                    &mut audios
                } else {
                    &mut videos
                };
                *kind = kind.saturating_sub(1);
            }
        }
        (audios, videos)
    }
}

impl Participant {
    fn open_section(&mut self, mid: Mid, audio: bool, cx: &mut Context<'_>) {
        let known = self.sections.iter().position(|section| section.mid == mid);
        let index = known.unwrap_or_else(|| {
            // Under 2¹⁵: see `Forwarder::new`.
            let seq = cx.rng.random_range(0..0x8000);
            let section = Section::new(mid, audio, seq, cx.rng.random());
            self.sections.push(section);
            self.sections.len() - 1
        });
        if let Some(section) = self.sections.get_mut(index) {
            section.open = true;
            section.payload_types = self.peer.payload_types(mid, section.codec());
        }
    }

    /// What the answer says of each offered section.
    fn answered_sections(&self, offered: &[OfferedSection]) -> HashMap<String, AnsweredSection> {
        offered
            .iter()
            .filter(|section| section.kind != SectionKind::Application)
            .map(|section| {
                let mid = Mid::from(section.mid.as_str());
                let answered = if section.direction.sends() {
                    AnsweredSection::Receives {
                        opus: self.opus_parameters(mid),
                    }
                } else {
                    self.sections
                        .iter()
                        .find(|ours| ours.mid == mid)
                        .and_then(|ours| ours.carried.as_ref())
                        .map_or(AnsweredSection::Idle, |carried| AnsweredSection::Sends {
                            stream_id: carried.stream_id.clone(),
                            track_id: carried.track.to_string(),
                        })
                };
                (section.mid.clone(), answered)
            })
            .collect()
    }

    fn opus_parameters(&self, mid: Mid) -> &'static [&'static str] {
        let Some(info) = self
            .publications
            .iter()
            .find(|publication| publication.mid == Some(mid) && publication.is_audio())
            .map(|publication| &publication.info)
        else {
            return &[];
        };
        let has = |feature: AudioTrackFeature| info.audio_features.contains(&(feature as i32));
        #[expect(deprecated, reason = "older clients say it in these fields")]
        let (stereo, no_dtx) = (info.stereo, info.disable_dtx);
        if stereo || has(AudioTrackFeature::TfStereo) {
            OPUS_STEREO
        } else if no_dtx || has(AudioTrackFeature::TfNoDtx) {
            &[]
        } else {
            OPUS_DTX
        }
    }
}
