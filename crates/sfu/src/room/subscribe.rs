//! Who receives what: wishes and permissions brought together with free sections.
//!
//! [`Room::reconcile`] is the one place that decides; everything else changes an input and calls
//! it.

use std::time::Instant;

use livekit_protocol as proto;
use proto::SubscriptionError;
use proto::signal_response::Message;

use super::{Context, MemberKey, Room};
use crate::id::TrackSid;
use crate::layers;
use crate::participant::{Participant, Subscription};
use crate::publication::Subscriber;
use crate::section::Carried;

/// A visible track, as a possible subscription.
struct Offered {
    publisher: MemberKey,
    sid: TrackSid,
    audio: bool,
    stream_id: String,
    /// The publisher lets this subscriber have it.
    admitted: bool,
}

impl Room {
    pub(super) fn reconcile_all(&mut self, cx: &mut Context<'_>) {
        let members: Vec<_> = self.members.keys().copied().collect();
        for member in members {
            self.reconcile(member, cx);
        }
    }

    /// Gives a participant's sections to the tracks that it should receive, and asks the client
    /// for more sections, or for an offer, where that is needed.
    pub(super) fn reconcile(&mut self, key: MemberKey, cx: &mut Context<'_>) {
        let offered = self.offered_to(key);
        self.tell_admissions(key, &offered, cx);
        let Some(member) = self.members.get_mut(&key) else {
            return;
        };
        let may_receive = member.grants.can_subscribe;
        let wanted: Vec<_> = offered
            .into_iter()
            .filter(|track| may_receive && track.admitted && member.desires(&track.sid))
            .collect();
        let mut released = Vec::new();
        for index in 0..member.sections.len() {
            let carried = member.sections[index].carried.as_ref();
            if let Some(track) = carried.map(|carried| carried.track.clone())
                && !wanted.iter().any(|offer| offer.sid == track)
            {
                member.release(index, cx.now);
                released.push(track);
            }
        }
        for track in wanted {
            if member.section_of(&track.sid).is_none() {
                member.carry(
                    track.audio,
                    Carried {
                        publisher: track.publisher,
                        track: track.sid,
                        stream_id: track.stream_id,
                    },
                );
            }
        }
        for track in released {
            self.stop_forwarding(key, &track);
        }
        self.request_sections(key, cx);
    }

    /// Every visible track of others.
    fn offered_to(&self, key: MemberKey) -> Vec<Offered> {
        let Some(subscriber) = self.members.get(&key) else {
            return Vec::new();
        };
        self.members
            .values()
            .filter(|publisher| publisher.key != key && !publisher.is_hidden())
            .flat_map(|publisher| {
                publisher
                    .publications
                    .iter()
                    .filter(|publication| publication.is_visible())
                    .map(|publication| Offered {
                        publisher: publisher.key,
                        sid: publication.sid.clone(),
                        audio: publication.is_audio(),
                        stream_id: format!("{}|{}", publisher.sid, publication.sid),
                        admitted: publisher.admits(subscriber, &publication.sid),
                    })
            })
            .collect()
    }

    /// Tells a subscriber where a publisher's leave to subscribe changed.
    fn tell_admissions(&mut self, key: MemberKey, offered: &[Offered], cx: &mut Context<'_>) {
        let mut changes = Vec::new();
        for track in offered {
            let publisher_sid = self
                .members
                .get(&track.publisher)
                .map(|p| p.sid.to_string());
            let Some(member) = self.members.get_mut(&key) else {
                return;
            };
            let told = member
                .subscriptions
                .get(&track.sid)
                .is_none_or(|s| s.allowed);
            if told != track.admitted {
                let subscription = member.subscriptions.entry(track.sid.clone()).or_default();
                subscription.allowed = track.admitted;
                changes.push(proto::SubscriptionPermissionUpdate {
                    participant_sid: publisher_sid.unwrap_or_default(),
                    track_sid: track.sid.to_string(),
                    allowed: track.admitted,
                });
            }
        }
        for change in changes {
            self.send(key, Message::SubscriptionPermissionUpdate(change), cx);
        }
    }

    /// Lets packets flow into the sections whose tracks the client was just told of.
    pub(super) fn start_forwarding(&mut self, key: MemberKey, now: Instant) {
        let Some(member) = self.members.get(&key) else {
            return;
        };
        let ready: Vec<_> = member
            .sections
            .iter()
            .enumerate()
            .filter(|(_, section)| section.is_ready())
            .filter_map(|(index, section)| Some((index, section.carried.clone()?)))
            .collect();
        for (section, carried) in ready {
            let subscriber = Subscriber {
                member: key,
                section,
            };
            let publication = self.publication_mut(carried.publisher, &carried.track);
            if let Some(publication) = publication
                && !publication.subscribers.contains(&subscriber)
            {
                publication.subscribers.push(subscriber);
                self.retarget(key, section, now);
            }
        }
    }

    fn stop_forwarding(&mut self, key: MemberKey, track: &TrackSid) {
        let publications = self.members.values_mut().flat_map(|m| &mut m.publications);
        for publication in publications.filter(|publication| publication.sid == *track) {
            publication.subscribers.retain(|s| s.member != key);
        }
    }

    /// Chooses the layer of one section anew.
    pub(super) fn retarget(&mut self, key: MemberKey, section: usize, now: Instant) {
        let Some(carried) = self
            .members
            .get(&key)
            .and_then(|member| member.sections.get(section))
            .and_then(|section| section.carried.clone())
        else {
            return;
        };
        let Some(states) = self
            .publication_mut(carried.publisher, &carried.track)
            .map(|publication| publication.layer_states())
        else {
            return;
        };
        if let Some(member) = self.members.get_mut(&key) {
            let mut wish = member
                .subscriptions
                .get(&carried.track)
                .map(|subscription| subscription.wish)
                .unwrap_or_default();
            wish.ceiling = member.downlink.ceiling();
            let target = layers::choose(&wish, &states);
            if let Some(section) = member.sections.get_mut(section) {
                section.forwarder.set_target(target, now);
            }
        }
    }

    /// Chooses the layer of everyone who receives a track anew: its layers changed.
    pub(super) fn retarget_all(&mut self, publisher: MemberKey, track: &TrackSid, now: Instant) {
        let subscribers = self
            .publication_mut(publisher, track)
            .map(|publication| publication.subscribers.clone());
        for subscriber in subscribers.unwrap_or_default() {
            self.retarget(subscriber.member, subscriber.section, now);
        }
    }

    /// `subscription`: the client chooses tracks itself.
    pub(super) fn update_subscription(
        &mut self,
        key: MemberKey,
        request: &proto::UpdateSubscription,
        cx: &mut Context<'_>,
    ) {
        let sids = request.track_sids.iter().chain(
            request
                .participant_tracks
                .iter()
                .flat_map(|tracks| &tracks.track_sids),
        );
        for sid in sids {
            let known = self.visible_track(sid).is_some();
            if known && let Some(member) = self.members.get_mut(&key) {
                member.subscription(sid).chosen = Some(request.subscribe);
            } else if request.subscribe {
                let response = proto::SubscriptionResponse {
                    track_sid: sid.clone(),
                    err: SubscriptionError::SeTrackNotfound as i32,
                };
                self.send(key, Message::SubscriptionResponse(response), cx);
            }
        }
        self.reconcile(key, cx);
    }

    /// `track_setting`: what of a track is on the subscriber's screen.
    pub(super) fn update_track_settings(
        &mut self,
        key: MemberKey,
        request: &proto::UpdateTrackSettings,
        now: Instant,
    ) {
        for sid in &request.track_sids {
            if self.visible_track(sid).is_none() {
                continue;
            }
            let Some(member) = self.members.get_mut(&key) else {
                return;
            };
            let wish = &mut member.subscription(sid).wish;
            wish.enabled = !request.disabled;
            wish.quality = request.quality();
            (wish.width, wish.height) = (request.width, request.height);
            if let Some(section) = member.section_of(&TrackSid(sid.clone()))
                && member.sections[section].is_ready()
            {
                self.retarget(key, section, now);
            }
        }
    }

    /// `subscription_permission`: a publisher says who may have its tracks.
    pub(super) fn update_audience(
        &mut self,
        key: MemberKey,
        audience: proto::SubscriptionPermission,
        cx: &mut Context<'_>,
    ) {
        if let Some(member) = self.members.get_mut(&key) {
            member.audience = Some(audience);
            self.reconcile_all(cx);
        }
    }

    fn visible_track(&self, sid: &str) -> Option<MemberKey> {
        self.members.values().find_map(|member| {
            let index = member.publication(sid)?;
            let visible = member.publications[index].is_visible() && !member.is_hidden();
            visible.then_some(member.key)
        })
    }

    pub(super) fn publication_mut(
        &mut self,
        publisher: MemberKey,
        track: &TrackSid,
    ) -> Option<&mut crate::publication::Publication> {
        self.members
            .get_mut(&publisher)?
            .publications
            .iter_mut()
            .find(|publication| publication.sid == *track)
    }
}

impl Participant {
    /// Takes the track out of a section. Its numbering stays for the next one.
    pub(super) fn release(&mut self, section: usize, now: Instant) {
        if let Some(section) = self.sections.get_mut(section) {
            section.carried = None;
            section.forwarder.set_target(None, now);
        }
    }

    fn subscription(&mut self, sid: &str) -> &mut Subscription {
        self.subscriptions
            .entry(TrackSid(sid.to_owned()))
            .or_default()
    }
}
