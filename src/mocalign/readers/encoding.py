"""Bytes to text: byte order marks, strict UTF-8, then the Japanese encodings by plausibility, then a detector."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from mocalign.errors import ReadError

__all__ = ["check_path", "decode", "kind_of", "load"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, XLSX, ODT …)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an OLE container (an encrypted DOCX, or an old DOC)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)


def kind_of(data: bytes) -> str:
    """Say what a file is by its first bytes; "" when they do not say."""
    return next((name for magic, name in _SIGNATURES if data.startswith(magic)), "")


def check_path(path: Path) -> None:
    """Raise `ReadError` for a path that is missing, a folder or no file."""
    try:
        if path.is_dir():
            raise ReadError(f"{path}: is a folder; name a file in it")
        if not path.exists():
            raise ReadError(f"{path}: there is no such file")
        if not path.is_file():
            raise ReadError(f"{path}: is not a regular file")
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def load(path: Path) -> bytes:
    """Return the bytes of a file that is there and not empty, or raise `ReadError`."""
    check_path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {_reason(error)}") from None
    if not data.strip():
        raise ReadError(f"{path}: is empty")
    return data


def decode(data: bytes, where: str, *, declared: str = "") -> str:
    """Decode a text file.

    Order: byte order mark, strict UTF-8, ISO-2022-JP by its escapes, the `declared` encoding, UTF-16 without a mark,
    then CP932 against EUC-JP by how Japanese the result looks, then charset-normalizer. Raises `ReadError` for bytes
    that are no text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return _checked(data.decode(name), where)
            except UnicodeDecodeError:
                raise ReadError(f"{where}: begins like {name.upper()} and is damaged; save it as UTF-8") from None
    if b"\x1b$" in data or b"\x1b(J" in data:
        for name in ("iso2022_jp", "iso2022_jp_ext"):
            try:
                return _checked(data.decode(name), where)
            except UnicodeDecodeError:
                continue
    if b"\x00" not in data:
        try:
            return _checked(data.decode("utf-8"), where)
        except UnicodeDecodeError:
            pass
    elif (text := _utf16(data)) is not None:
        return _checked(text, where)
    else:
        raise ReadError(
            f"{where}: holds binary data, not text; accepted: text in UTF-8, UTF-16, Shift_JIS, EUC-JP, ISO-2022-JP"
        )
    if declared:
        try:
            return _checked(
                data.decode({"shift_jis": "cp932", "sjis": "cp932", "x-sjis": "cp932"}.get(declared.lower(), declared)),
                where,
            )
        except (UnicodeDecodeError, LookupError):
            pass
    found = [
        (score, -rank, text)
        for rank, name in enumerate(("cp932", "euc_jp", "shift_jis_2004", "euc_jis_2004"))
        if (text := _try(data, name)) is not None and (score := _japanese(text)) > 0.5
    ]
    if found:
        return _checked(max(found)[2], where)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is not None:
        text_or_none = _try(data, best.encoding)
        if text_or_none is not None:
            return _checked(text_or_none, where)
    raise ReadError(f"{where}: the encoding was not recognised; save it as UTF-8")


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _utf16(data: bytes) -> str | None:
    if len(data) % 2:
        return None
    for name in ("utf-16-le", "utf-16-be"):
        text = _try(data, name)
        if (
            text is not None
            and "\x00" not in text
            and sum(c.isprintable() or c in "\r\n\t" for c in text) > 0.99 * len(text)
        ):
            ascii_or_japanese = sum(c < "\u0180" or "\u2000" <= c <= "\u9fff" or c >= "\uff00" for c in text)
            common = sum(c.isspace() or "\u3040" <= c <= "\u30ff" or c.isascii() for c in text)
            if ascii_or_japanese > 0.98 * len(text) and common > 0.2 * len(text):
                return text
    return None


def _japanese(text: str) -> float:
    """Share of the characters beyond ASCII that Japanese prose is made of; half-width katakana and rare kanji count against."""
    foreign = [c for c in text if c > "\x7f"]
    if not foreign:
        return 0.0
    good = sum(
        1.0
        if "\u3040" <= c <= "\u30ff" or c in "、。・「」（）ー　"
        else 0.8
        if "\u4e00" <= c <= "\u9fff" or "\uff01" <= c <= "\uff5e"
        else -1.0
        if "\uff61" <= c <= "\uff9f"
        else 0.2
        for c in foreign
    )
    return good / len(foreign)


_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def _checked(text: str, where: str) -> str:
    bad = len(_CONTROL.findall(text))
    if bad > 3 and bad > 0.01 * len(text):
        raise ReadError(
            f"{where}: holds binary data, not text; accepted: text in UTF-8, UTF-16, Shift_JIS, EUC-JP, ISO-2022-JP"
        )
    if not text.strip("\ufeff \t\r\n\f\v\u3000\x00"):
        raise ReadError(f"{where}: is empty")
    return text
