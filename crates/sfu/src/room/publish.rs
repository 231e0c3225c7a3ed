//! Tracks that participants announce, mute and take away.

use livekit_protocol as proto;
use proto::request_response::{Reason, Request};
use proto::signal_response::Message;
use str0m::media::MediaKind;

use super::entry::is_media;
use super::{Context, MemberKey, Room};
use crate::id::TrackSid;
use crate::participant::SendingSection;
use crate::publication::Publication;

/// More tracks than any client publishes; bounds what one participant can make others hold.
const MOST_TRACKS: usize = 32;

impl Room {
    /// Answers `add_track`. The track becomes visible when an offer carries it, before or after.
    pub(super) fn add_track(
        &mut self,
        key: MemberKey,
        request: proto::AddTrackRequest,
        cx: &mut Context<'_>,
    ) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        let known = member
            .publications
            .iter()
            .position(|p| p.cids.contains(&request.cid));
        let refusal = if request.cid.is_empty() || !is_media(request.r#type()) {
            Some((
                Reason::UnsupportedType,
                "only audio and video can be published",
            ))
        } else if !member.grants.allows(request.source()) {
            Some((Reason::NotAllowed, "does not have permission to publish"))
        } else if known.is_none() && member.publications.len() >= MOST_TRACKS {
            Some((Reason::LimitExceeded, "too many tracks"))
        } else {
            None
        };
        if let Some((reason, message)) = refusal {
            let request = Request::AddTrack(request);
            self.respond(key, 0, reason, message, Some(request), cx);
            return;
        }
        // A client that resumed asks again for what it has not been told of.
        let index = known.unwrap_or_else(|| {
            let sid = TrackSid::random(cx.rng);
            member.publications.push(Publication::new(sid, &request));
            member.publications.len() - 1
        });
        let track = member.publications.get(index).map(|p| p.info.clone());
        let published = proto::TrackPublishedResponse {
            cid: request.cid,
            track,
        };
        self.send(key, Message::TrackPublished(published), cx);
        self.match_sections(key, cx);
    }

    /// Brings together the tracks that were announced and the sections in which the client
    /// sends, in whichever order they came, and takes away tracks whose section is gone.
    pub(super) fn match_sections(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        let Some(member) = self.members.get(&key) else {
            return;
        };
        let gone: Vec<_> = member
            .publications
            .iter()
            .filter(|publication| is_gone(publication, &member.sending, &member.publications))
            .map(|publication| publication.sid.clone())
            .collect();
        for sid in gone {
            self.unpublish(key, &sid, cx);
        }
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        let mut found = Vec::new();
        // First those that name their track, so that none takes the track of a later one.
        for by_name in [true, false] {
            for section in &member.sending {
                let publications = &mut member.publications;
                if publications.iter().any(|p| p.mid == Some(section.mid)) {
                    continue;
                }
                let publication = publications.iter_mut().find(|publication| {
                    publication.mid.is_none()
                        && publication.is_audio() == (section.kind == MediaKind::Audio)
                        && (!by_name || publication.is_named_by(section.cid.as_deref()))
                });
                if let Some(publication) = publication {
                    publication.set_section(section.mid);
                    found.push(publication.info.clone());
                }
            }
        }
        if found.is_empty() {
            return;
        }
        self.tell_others(key, cx);
        for track in found {
            let publisher = self.brief(key);
            self.webhook("track_published", publisher, Some(track), cx);
        }
        self.reconcile_all(cx);
    }

    /// Takes a track away from everyone.
    pub(super) fn unpublish(&mut self, key: MemberKey, sid: &TrackSid, cx: &mut Context<'_>) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        let Some(index) = member.publication(sid.as_str()) else {
            return;
        };
        let publication = member.publications.remove(index);
        for other in self.members.values_mut() {
            if let Some(section) = other.section_of(sid) {
                other.release(section, cx.now);
            }
            other.subscriptions.remove(sid);
        }
        if publication.is_visible() {
            self.tell_others(key, cx);
            let publisher = self.brief(key);
            self.webhook("track_unpublished", publisher, Some(publication.info), cx);
        }
        self.reconcile_all(cx);
    }

    /// A client's own mute or unmute.
    pub(super) fn client_mute(
        &mut self,
        key: MemberKey,
        request: proto::MuteTrackRequest,
        cx: &mut Context<'_>,
    ) {
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        let Some(index) = member.publication(&request.sid) else {
            let request = Request::Mute(request);
            self.respond(
                key,
                0,
                Reason::NotFound,
                "track is not found",
                Some(request),
                cx,
            );
            return;
        };
        let publication = &mut member.publications[index];
        if !request.muted && !member.grants.allows(publication.info.source()) {
            let sid = request.sid.clone();
            let back = proto::MuteTrackRequest { sid, muted: true };
            self.send(key, Message::Mute(back), cx);
            let request = Request::Mute(request);
            let message = "does not have permission to unmute";
            self.respond(key, 0, Reason::NotAllowed, message, Some(request), cx);
            return;
        }
        // Speaking again is the person's own decision; it lifts a moderator's mute where they
        // may still speak.
        if !request.muted {
            publication.muted_by_moderator = false;
        }
        if publication.info.muted != request.muted {
            publication.info.muted = request.muted;
            self.tell_others(key, cx);
        }
    }

    /// A moderator's mute: the client is told, and the track's packets are dropped from now on.
    /// Returns the track, or `None` if there is no such.
    pub(super) fn moderator_mute(
        &mut self,
        key: MemberKey,
        sid: &str,
        cx: &mut Context<'_>,
    ) -> Option<proto::TrackInfo> {
        let member = self.members.get_mut(&key)?;
        let index = member.publication(sid)?;
        let publication = member.publications.get_mut(index)?;
        publication.muted_by_moderator = true;
        publication.info.muted = true;
        let info = publication.info.clone();
        let mute = proto::MuteTrackRequest {
            sid: sid.to_owned(),
            muted: true,
        };
        self.send(key, Message::Mute(mute), cx);
        // Not to its owner: JS answers an update that it disagrees with by an unmute.
        self.tell_others(key, cx);
        Some(info)
    }

    /// Takes away what the present grants do not allow, and tells the client of each.
    pub(super) fn enforce_publish_grants(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        let Some(member) = self.members.get(&key) else {
            return;
        };
        let forbidden: Vec<_> = member
            .publications
            .iter()
            .filter(|publication| !member.grants.allows(publication.source()))
            .map(|publication| publication.sid.clone())
            .collect();
        for sid in forbidden {
            let told = proto::TrackUnpublishedResponse {
                track_sid: sid.to_string(),
            };
            self.send(key, Message::TrackUnpublished(told), cx);
            self.unpublish(key, &sid, cx);
        }
    }

    pub(super) fn update_audio_track(
        &mut self,
        key: MemberKey,
        request: proto::UpdateLocalAudioTrack,
        cx: &mut Context<'_>,
    ) {
        self.change_track(key, &request.track_sid, cx, |info| {
            info.audio_features = request.features;
        });
    }

    pub(super) fn update_video_track(
        &mut self,
        key: MemberKey,
        request: &proto::UpdateLocalVideoTrack,
        cx: &mut Context<'_>,
    ) {
        self.change_track(key, &request.track_sid, cx, |info| {
            (info.width, info.height) = (request.width, request.height);
        });
    }

    fn change_track(
        &mut self,
        key: MemberKey,
        sid: &str,
        cx: &mut Context<'_>,
        change: impl FnOnce(&mut proto::TrackInfo),
    ) {
        let publication = self.members.get_mut(&key).and_then(|member| {
            let index = member.publication(sid)?;
            member.publications.get_mut(index)
        });
        if let Some(publication) = publication {
            change(&mut publication.info);
            self.tell_others(key, cx);
        }
    }
}

/// Whether the section of a track carries it no longer: it stopped sending, or sends another
/// track that was announced for it.
fn is_gone(
    publication: &Publication,
    sending: &[SendingSection],
    publications: &[Publication],
) -> bool {
    let Some(mid) = publication.mid else {
        return false;
    };
    let Some(section) = sending.iter().find(|section| section.mid == mid) else {
        return true;
    };
    section.cid.as_ref().is_some_and(|cid| {
        !publication.cids.contains(cid)
            && publications
                .iter()
                .any(|other| other.mid.is_none() && other.cids.contains(cid))
    })
}
