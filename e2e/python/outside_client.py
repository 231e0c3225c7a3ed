#!/usr/bin/env python3
"""LiveKit's Python SDK against our media server, as any outside program would use it.

    python outside_client.py --url ws://127.0.0.1:7880 --key devkey --secret '…'

Two SDK clients meet in a room of their own: each publishes and each receives. Prints one line a
check and `N passed, N failed` at the end; the exit status is 1 where anything failed.
"""

import argparse
import asyncio
import os
import time
import traceback
import uuid
from typing import Awaitable, Callable

import numpy as np
from livekit import rtc
from livekit.rtc.participant import PublishTrackError

from clients import SOON, Client, Server
from media import Picture, Tone, colours, loudest_hertz

GREEN = (30, 180, 60)
BLUE = (40, 60, 200)


class Meeting:
    """Anna and Boris in a room, each with sound and picture once `publish` was called."""

    def __init__(self, server: Server):
        self.server = server
        self.room = f"python-{uuid.uuid4().hex[:8]}"
        self.sources: list[Tone | Picture] = []

    async def __aenter__(self) -> "Meeting":
        self.anna = await Client.join(self.server, self.room, "anna")
        self.boris = await Client.join(self.server, self.room, "boris")
        return self

    async def __aexit__(self, *_: object) -> None:
        for source in self.sources:
            source.stop()
        for client in (self.anna, self.boris):
            await client.leave()

    async def publish(self, who: Client, source: Tone | Picture) -> rtc.LocalTrackPublication:
        self.sources.append(source)
        audio = isinstance(source, Tone)
        kind = rtc.TrackSource.SOURCE_MICROPHONE if audio else rtc.TrackSource.SOURCE_CAMERA
        options = rtc.TrackPublishOptions(source=kind)
        publishing = who.room.local_participant.publish_track(source.track, options)
        return await asyncio.wait_for(publishing, SOON)


async def clients_see_each_other(server: Server) -> None:
    async with Meeting(server) as meeting:
        await meeting.anna.saw("participant_connected", lambda who: who.identity == "boris")
        # Boris was told in the join response.
        others = meeting.boris.room.remote_participants
        assert list(others) == ["anna"], list(others)
        assert others["anna"].name == "Anna"


async def sound_goes_both_ways(server: Server) -> None:
    async with Meeting(server) as meeting:
        await meeting.publish(meeting.anna, Tone(440))
        await meeting.publish(meeting.boris, Tone(880))
        for hearer, speaker, hertz in (
            (meeting.boris, "anna", 440),
            (meeting.anna, "boris", 880),
        ):
            track = await hearer.track_of(speaker, rtc.TrackKind.KIND_AUDIO)
            heard = await asyncio.wait_for(loudest_hertz(track, 1.0), SOON)
            assert abs(heard - hertz) < 15, f"{speaker} plays {hertz} Hz, heard {heard:.0f}"


async def pictures_go_both_ways_and_move(server: Server) -> None:
    async with Meeting(server) as meeting:
        await meeting.publish(meeting.anna, Picture(GREEN))
        await meeting.publish(meeting.boris, Picture(BLUE))
        for viewer, speaker, rgb in (
            (meeting.boris, "anna", GREEN),
            (meeting.anna, "boris", BLUE),
        ):
            track = await viewer.track_of(speaker, rtc.TrackKind.KIND_VIDEO)
            seen, different = await asyncio.wait_for(colours(track, 30), SOON)
            assert np.abs(seen - np.array(rgb)).max() < 30, f"{speaker}: {rgb} came as {seen}"
            assert different > 10, f"only {different} different pictures of 30"


async def a_latecomer_gets_what_is_already_published(server: Server) -> None:
    async with Meeting(server) as meeting:
        await meeting.publish(meeting.anna, Tone(440))
        await meeting.publish(meeting.anna, Picture(GREEN))
        started = time.monotonic()
        vera = await Client.join(server, meeting.room, "vera")
        try:
            video = await vera.track_of("anna", rtc.TrackKind.KIND_VIDEO)
            seen, _ = await asyncio.wait_for(colours(video, 1), SOON)
            took = time.monotonic() - started
            assert took < 5, f"the first picture took {took:.1f} s"
            assert seen[1] > 100, f"not green: {seen}"
            audio = await vera.track_of("anna", rtc.TrackKind.KIND_AUDIO)
            heard = await asyncio.wait_for(loudest_hertz(audio, 0.5), SOON)
            assert abs(heard - 440) < 20, f"heard {heard:.0f} Hz"
        finally:
            await vera.leave()


async def data_arrives_whole_in_order_and_signed_by_its_sender(server: Server) -> None:
    async with Meeting(server) as meeting:
        sender = meeting.anna.room.local_participant
        sent = [f"{number}:".encode() + b"x" * 1000 for number in range(100)]
        for payload in sent:
            await sender.publish_data(payload, reliable=True, topic="letters")
        await meeting.boris.saw("data_received", lambda packet: packet.data == sent[-1])
        packets = [arguments[0] for name, arguments in meeting.boris.events if name == "data_received"]
        assert [packet.data for packet in packets] == sent
        assert {packet.topic for packet in packets} == {"letters"}
        assert {packet.participant.identity for packet in packets} == {"anna"}


async def unreliable_data_arrives(server: Server) -> None:
    async with Meeting(server) as meeting:
        for number in range(20):
            await meeting.anna.room.local_participant.publish_data(
                f"{number}", reliable=False, topic="pointer"
            )
            await asyncio.sleep(0.05)
        await meeting.boris.saw("data_received", lambda packet: packet.topic == "pointer")


async def addressed_data_reaches_only_its_addressee(server: Server) -> None:
    async with Meeting(server) as meeting:
        vera = await Client.join(server, meeting.room, "vera")
        try:
            sender = meeting.anna.room.local_participant
            await sender.publish_data("secret", destination_identities=["vera"])
            await sender.publish_data("public")
            await vera.saw("data_received", lambda packet: packet.data == b"secret")
            await meeting.boris.saw("data_received", lambda packet: packet.data == b"public")
            received = [a[0].data for n, a in meeting.boris.events if n == "data_received"]
            assert b"secret" not in received
        finally:
            await vera.leave()


async def remote_calls_are_answered(server: Server) -> None:
    async with Meeting(server) as meeting:

        async def greet(call: rtc.RpcInvocationData) -> str:
            return f"Hello, {call.caller_identity}: {call.payload}"

        meeting.boris.room.local_participant.register_rpc_method("greet", greet)
        answer = await asyncio.wait_for(
            meeting.anna.room.local_participant.perform_rpc(
                destination_identity="boris", method="greet", payload="x" * 5000
            ),
            SOON,
        )
        assert answer == "Hello, anna: " + "x" * 5000


async def text_streams_arrive_whole(server: Server) -> None:
    async with Meeting(server) as meeting:
        arrived: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def receive(reader: rtc.TextStreamReader, identity: str) -> None:
            async def read() -> None:
                arrived.set_result(f"{identity}: {await reader.read_all()}")

            asyncio.create_task(read())

        meeting.boris.room.register_text_stream_handler("story", receive)
        story = "Жили-были. " * 5000
        await meeting.anna.room.local_participant.send_text(story, topic="story")
        assert await asyncio.wait_for(arrived, SOON) == f"anna: {story}"


async def mute_and_unmute_are_seen(server: Server) -> None:
    async with Meeting(server) as meeting:
        tone = Tone(440)
        await meeting.publish(meeting.anna, tone)
        track = await meeting.boris.track_of("anna", rtc.TrackKind.KIND_AUDIO)
        tone.track.mute()
        await meeting.boris.saw("track_muted")
        tone.track.unmute()
        await meeting.boris.saw("track_unmuted")
        heard = await asyncio.wait_for(loudest_hertz(track, 0.5), SOON)
        assert abs(heard - 440) < 20, f"heard {heard:.0f} Hz after the mute"


async def unpublishing_is_seen_and_the_place_is_used_again(server: Server) -> None:
    async with Meeting(server) as meeting:
        for colour in (GREEN, BLUE, GREEN):
            meeting.boris.events.clear()
            published = await meeting.publish(meeting.anna, Picture(colour))
            track = await meeting.boris.track_of("anna", rtc.TrackKind.KIND_VIDEO)
            seen, _ = await asyncio.wait_for(colours(track, 5), SOON)
            assert np.abs(seen - np.array(colour)).max() < 30, f"{colour} came as {seen}"
            await meeting.anna.room.local_participant.unpublish_track(published.sid)
            await meeting.boris.saw("track_unpublished")


async def own_attributes_spread_where_the_token_allows(server: Server) -> None:
    room = f"python-{uuid.uuid4().hex[:8]}"
    anna = await Client.join(server, room, "anna", canUpdateOwnMetadata=True)
    boris = await Client.join(server, room, "boris")
    try:
        await anna.room.local_participant.set_attributes({"класс": "7б"})
        changed, _ = await boris.saw("participant_attributes_changed")
        assert changed == {"класс": "7б"}, changed
    finally:
        await anna.leave()
        await boris.leave()


async def leaving_is_seen_at_once(server: Server) -> None:
    async with Meeting(server) as meeting:
        vera = await Client.join(server, meeting.room, "vera")
        await meeting.boris.saw("participant_connected", lambda who: who.identity == "vera")
        await vera.leave()
        await meeting.boris.saw(
            "participant_disconnected", lambda who: who.identity == "vera", within=5
        )


async def the_same_identity_replaces_its_former_self(server: Server) -> None:
    async with Meeting(server) as meeting:
        second = await Client.join(server, meeting.room, "anna")
        try:
            reason = (await meeting.anna.saw("disconnected"))[0]
            assert reason == rtc.DisconnectReason.DUPLICATE_IDENTITY, reason
            assert list(second.room.remote_participants) == ["boris"]
        finally:
            await second.leave()


async def publishing_is_refused_without_the_grant(server: Server) -> None:
    room = f"python-{uuid.uuid4().hex[:8]}"
    listener = await Client.join(server, room, "listener", canPublish=False)
    tone = Tone(440)
    try:
        publishing = listener.room.local_participant.publish_track(tone.track)
        try:
            await asyncio.wait_for(publishing, SOON)
        except (PublishTrackError, asyncio.TimeoutError):
            return
        raise AssertionError("a listener could publish")
    finally:
        tone.stop()
        await listener.leave()


async def a_bad_token_is_refused(server: Server) -> None:
    good = await Client.join(server, f"python-{uuid.uuid4().hex[:8]}", "anna")
    await good.leave()
    stranger = Server(server.url, server.key, "not the secret of this server")
    expired = server.token("room", "late", seconds=-3600)
    for token in (stranger.token("room", "stranger"), expired, "junk"):
        room = rtc.Room()
        try:
            await asyncio.wait_for(room.connect(server.url, token), SOON)
        except rtc.ConnectError as error:
            assert "401" in str(error), error
            continue
        await room.disconnect()
        raise AssertionError("a bad token was accepted")


CHECKS: list[Callable[[Server], Awaitable[None]]] = [
    clients_see_each_other,
    sound_goes_both_ways,
    pictures_go_both_ways_and_move,
    a_latecomer_gets_what_is_already_published,
    data_arrives_whole_in_order_and_signed_by_its_sender,
    unreliable_data_arrives,
    addressed_data_reaches_only_its_addressee,
    remote_calls_are_answered,
    text_streams_arrive_whole,
    mute_and_unmute_are_seen,
    unpublishing_is_seen_and_the_place_is_used_again,
    own_attributes_spread_where_the_token_allows,
    leaving_is_seen_at_once,
    the_same_identity_replaces_its_former_self,
    publishing_is_refused_without_the_grant,
    a_bad_token_is_refused,
]


async def run(server: Server, only: str) -> int:
    passed = failed = 0
    for check in CHECKS:
        if only not in check.__name__:
            continue
        name = check.__name__.replace("_", " ")
        started = time.monotonic()
        try:
            await asyncio.wait_for(check(server), 90)
        except Exception as error:  # whatever went wrong is the result
            failed += 1
            print(f"FAIL  {name}: {type(error).__name__}: {error}", flush=True)
            if not isinstance(error, AssertionError):
                traceback.print_exc()
        else:
            passed += 1
            print(f"ok    {name} ({time.monotonic() - started:.1f} s)", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", required=True, help="the server, for example ws://127.0.0.1:7880")
    parser.add_argument("--key", required=True)
    parser.add_argument("--secret", default=os.environ.get("LIVEKIT_API_SECRET"))
    parser.add_argument("--only", default="", help="run checks whose name contains this")
    arguments = parser.parse_args()
    if not arguments.secret:
        parser.error("--secret or LIVEKIT_API_SECRET is needed")
    server = Server(arguments.url, arguments.key, arguments.secret)
    return asyncio.run(run(server, arguments.only))


if __name__ == "__main__":
    raise SystemExit(main())
