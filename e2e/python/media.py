"""Synthetic sound and pictures, and ways to recognise them after a codec had its way with them."""

import asyncio
import time

import numpy as np
from livekit import rtc

SAMPLE_RATE = 48_000
WIDTH, HEIGHT = 640, 360
FRAMES_PER_SECOND = 15


class Tone:
    """A sine wave that is published until it is stopped."""

    def __init__(self, hertz: float):
        self.hertz = hertz
        self.source = rtc.AudioSource(SAMPLE_RATE, 1, queue_size_ms=200)
        self.track = rtc.LocalAudioTrack.create_audio_track("tone", self.source)
        self._task = asyncio.create_task(self._play())

    async def _play(self) -> None:
        samples = SAMPLE_RATE // 100
        at = 0
        while True:
            phase = (at + np.arange(samples)) * (2 * np.pi * self.hertz / SAMPLE_RATE)
            wave = (np.sin(phase) * 10_000).astype(np.int16)
            frame = rtc.AudioFrame(wave.tobytes(), SAMPLE_RATE, 1, samples)
            # Waits while the queue is full, and so keeps the pace.
            await self.source.capture_frame(frame)
            at += samples

    def stop(self) -> None:
        self._task.cancel()


class Picture:
    """A flat colour with a bright bar that moves, published until it is stopped."""

    def __init__(self, rgb: tuple[int, int, int]):
        self.rgb = rgb
        self.source = rtc.VideoSource(WIDTH, HEIGHT)
        self.track = rtc.LocalVideoTrack.create_video_track("picture", self.source)
        self._task = asyncio.create_task(self._play())

    async def _play(self) -> None:
        number = 0
        started = time.monotonic()
        while True:
            pixels = np.empty((HEIGHT, WIDTH, 4), np.uint8)
            pixels[:] = (*self.rgb, 255)
            left = number * 8 % (WIDTH - 40)
            # Only the lower third moves, so the upper part shows the colour undisturbed.
            pixels[HEIGHT * 2 // 3 :, left : left + 40] = 255
            frame = rtc.VideoFrame(
                WIDTH, HEIGHT, rtc.VideoBufferType.RGBA, pixels.tobytes()
            )
            self.source.capture_frame(frame)
            number += 1
            due = started + number / FRAMES_PER_SECOND
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    def stop(self) -> None:
        self._task.cancel()


async def loudest_hertz(track: rtc.Track, seconds: float) -> float:
    """The strongest frequency in what `track` plays for so long; 0 where it is silent."""
    stream = rtc.AudioStream(track, sample_rate=SAMPLE_RATE, num_channels=1)
    heard: list[np.ndarray] = []
    samples = 0
    try:
        async for event in stream:
            wave = np.frombuffer(event.frame.data, np.int16).astype(float)
            # The jitter buffer plays silence until the first packets arrive.
            if not heard and np.abs(wave).max() < 500:
                continue
            heard.append(wave)
            samples += len(wave)
            if samples >= seconds * SAMPLE_RATE:
                break
    finally:
        await stream.aclose()
    wave = np.concatenate(heard)
    if np.abs(wave).max() < 500:
        return 0.0
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave))))
    return float(np.argmax(spectrum) * SAMPLE_RATE / len(wave))


async def colours(track: rtc.Track, frames: int) -> tuple[np.ndarray, int]:
    """The colour of the upper part in the last of so many frames, and how many different
    pictures were among them."""
    stream = rtc.VideoStream(track, format=rtc.VideoBufferType.RGBA)
    pictures = set()
    mean = np.zeros(3)
    count = 0
    try:
        async for event in stream:
            frame = event.frame
            pixels = np.frombuffer(frame.data, np.uint8)
            pixels = pixels.reshape(frame.height, frame.width, 4)
            pictures.add(pixels[frame.height * 2 // 3 :: 4, ::4, 0].tobytes())
            mean = pixels[: frame.height // 2, :, :3].reshape(-1, 3).mean(axis=0)
            count += 1
            if count >= frames:
                break
    finally:
        await stream.aclose()
    return mean, len(pictures)
