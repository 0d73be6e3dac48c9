"""Loaded by Orca at its start: whatever it would say is written down, and nothing is heard.

Each line holds the language that the voice was asked for, and the words.
"""

import os
from collections.abc import Iterable
from typing import Any

from orca import speech
from orca.speech_generator import SpeechGenerator

_voice = SpeechGenerator.voice


def _write(words: str, voice: object = None) -> None:
    language = voice.get("said-in") if isinstance(voice, dict) else None
    line = "\t".join((language or "", " ".join(words.split())))
    with open(os.environ["SPOKEN"], "a", encoding="utf-8") as spoken:  # noqa: PTH123  # Orca's own Python
        spoken.write(f"{line}\n")


def _voice_that_knows(self: SpeechGenerator, key: object = None, **said: object) -> object:
    """Let the voice keep the language that was asked for: Orca 43 asks, and forgets."""
    voices = _voice(self, key, **said)
    for one in voices:
        one["said-in"] = str(said.get("language") or "")
    return voices


def _speak(text: str, voice: object, _interrupt: object) -> None:
    _write(text, voice)


def _say_all(parts: Iterable[tuple[Any, object]], _progress: object) -> None:
    for part, voice in parts:
        _write(part.utterance, voice)


def _character(character: str, voice: object = None, *_: object) -> None:
    _write(character, voice)


SpeechGenerator.voice = _voice_that_knows
speech._speak = _speak  # noqa: SLF001  # Orca has no public place before the voice
speech.sayAll, speech.speakCharacter = _say_all, _character
