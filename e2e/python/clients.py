"""Clients of the SDK and the tokens they come with."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any, Callable

from livekit import rtc

# How long anything that should happen at once may take on a busy machine.
SOON = 15.0


@dataclass
class Server:
    url: str
    key: str
    secret: str

    def token(self, room: str, identity: str, seconds: int = 600, **video: Any) -> str:
        """A signed token for `identity`; `video` adds to its grants or replaces them."""
        now = int(time.time())
        claims = {
            "iss": self.key,
            "sub": identity,
            "name": identity.capitalize(),
            "nbf": now - 5,
            "exp": now + seconds,
            "video": {"roomJoin": True, "room": room, **video},
        }
        parts = [{"alg": "HS256", "typ": "JWT"}, claims]
        body = ".".join(_base64(json.dumps(part).encode()) for part in parts)
        mac = hmac.new(self.secret.encode(), body.encode(), hashlib.sha256).digest()
        return f"{body}.{_base64(mac)}"


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Client:
    """A connected room and everything that happened in it, as (event, arguments)."""

    room: rtc.Room
    events: list[tuple[str, tuple]] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    NOTED = (
        "participant_connected",
        "participant_disconnected",
        "track_published",
        "track_unpublished",
        "track_subscribed",
        "track_unsubscribed",
        "track_muted",
        "track_unmuted",
        "data_received",
        "participant_metadata_changed",
        "participant_attributes_changed",
        "active_speakers_changed",
        "reconnecting",
        "reconnected",
        "disconnected",
    )

    @classmethod
    async def join(cls, server: Server, room: str, identity: str, **video: Any) -> "Client":
        client = cls(rtc.Room())
        for name in cls.NOTED:
            client.room.on(name, client._note(name))
        token = server.token(room, identity, **video)
        options = rtc.RoomOptions(auto_subscribe=True)
        await asyncio.wait_for(client.room.connect(server.url, token, options), SOON)
        return client

    def _note(self, name: str) -> Callable[..., None]:
        def note(*arguments: Any) -> None:
            self.events.append((name, arguments))
            self._changed.set()

        return note

    async def saw(
        self, name: str, matches: Callable[..., bool] = lambda *_: True, within: float = SOON
    ) -> tuple:
        """Waits for an event, past ones included, and returns its arguments."""

        async def wait() -> tuple:
            while True:
                for event, arguments in self.events:
                    if event == name and matches(*arguments):
                        return arguments
                self._changed.clear()
                await self._changed.wait()

        try:
            return await asyncio.wait_for(wait(), within)
        except asyncio.TimeoutError:
            seen = [event for event, _ in self.events]
            raise AssertionError(f"no {name} within {within:.0f} s; saw {seen}") from None

    async def track_of(self, identity: str, kind: int) -> rtc.Track:
        """The subscribed track of this kind that `identity` publishes."""

        def matches(track: rtc.Track, _: Any, who: rtc.RemoteParticipant) -> bool:
            return who.identity == identity and track.kind == kind

        track, _, _ = await self.saw("track_subscribed", matches)
        return track

    async def leave(self) -> None:
        await asyncio.wait_for(self.room.disconnect(), SOON)
