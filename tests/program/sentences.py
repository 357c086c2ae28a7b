"""Whether what the program says is a sentence for people, with the code that it is known by."""

import re

HAN = re.compile("[一-鿿]")
WORDS = {"en": re.compile("[a-z]{2,} [a-z]{2,} "), "zh": re.compile("[一-鿿]{3}")}


def is_sentence(text: str, language: str) -> bool:
    """In the language, and with every placeholder filled."""
    return WORDS[language].search(text) is not None and "{" not in text


def faults_of_sentence(said: str, code: str, named: str, language: str) -> list[str]:
    """What is wrong with a refusal: it is a sentence of the language and of no other, names what it is about, and its code."""
    wrong = [] if is_sentence(said, language) else [f"{language}: this is no sentence: {said}"]
    wrong += [f"not in English alone: {said}"] if language == "en" and HAN.search(said.replace(named, "")) else []
    wrong += [f"[{code}] is not said"] if code not in said else []
    return wrong + ([f"{named} is not named"] if named not in said else [])
