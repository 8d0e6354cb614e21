"""Encodings, gzip and files that change: every fault with file, line and byte."""

import codecs
import gzip
from pathlib import Path

import pytest

from goldsmith.errors import DataError
from goldsmith.readers.opening import check_encoding, detect, opened, text_lines

DANISH = "Jeg købte rugbrød på Nørrebro, men æblerne var ikke så gode som i går.\n"
FRENCH = "Les élèves français étaient à l'école où ça gêne, et la facture a été payée.\n"
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, a zásilka nebyla doručena.\n"


def lines_of(file: Path, encoding: str) -> list[str]:
    return [line for _, line in text_lines(file, file.name, encoding)]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_a_named_encoding(tmp_path: Path, codec: str) -> None:
    (tmp_path / "x").write_bytes((DANISH * 3).encode(codec))
    assert lines_of(tmp_path / "x", codec) == [DANISH] * 3


def test_byte_order_marks_go(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(codecs.BOM_UTF16_LE + "æ\n\ufeffø".encode("utf-16-le"))
    assert lines_of(tmp_path / "x", "utf-16-le") == ["æ\n", "\ufeffø"]  # only the first is a mark
    (tmp_path / "y").write_bytes(codecs.BOM_UTF8 + "æ".encode())
    assert lines_of(tmp_path / "y", "utf-8") == ["æ"]


@pytest.mark.parametrize(
    ("content", "codec", "said"),
    [
        ("ok\nblå\n".encode("latin-1"), "utf-8", "x:2: byte 3 of the line is not UTF-8: convert"),
        (DANISH.encode("utf-16"), "utf-8", "x:1: byte 1 .* it begins as UTF-16 does.*encoding"),
        (b"ok\n\xff\xfe", "ascii", "x:2: byte 1 of the line is not ascii"),
        ("a\nb\n".encode("utf-16-le") + b"\x00\xdc", "utf-16-le", "x: byte 9 is not utf-16-le"),
        ("a\n".encode("utf-16-le") + b"\x41", "utf-16-le", "x: byte 5 is not utf-16-le"),
        (b"plain", "utf-16", "x: not utf-16 .*BOM.*: convert the file to UTF-8, or name"),
    ],
)
def test_wrong_bytes_are_placed(tmp_path: Path, content: bytes, codec: str, said: str) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(DataError, match=said):
        lines_of(tmp_path / "x", codec)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (DANISH, "utf-8"),
        ("plain\n" * 20_000 + DANISH, "utf-8"),  # what tells lies behind the first block
        (DANISH, "cp1252"),
        ("plain\n" * 20_000 + DANISH, "cp1252"),
        (FRENCH, "cp1252"),
        (CZECH, "cp1250"),
        (DANISH * 3, "utf-16"),
    ],
)
def test_detected_only_when_told(tmp_path: Path, text: str, codec: str) -> None:
    (tmp_path / "x").write_bytes(text.encode(codec))
    assert "".join(lines_of(tmp_path / "x", "detect")) == text
    if codec != "utf-8":
        with pytest.raises(DataError):
            lines_of(tmp_path / "x", "utf-8")


def test_nothing_fits(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(bytes(range(256)) * 20)
    with pytest.raises(DataError, match=r"no encoding fits its bytes: name it in source\.reader"):
        detect(tmp_path / "x", "x")


@pytest.mark.parametrize("name", ["utf8", "cp1252", "latin-1", "shift_jis", "detect"])
def test_known_codecs(name: str) -> None:
    assert check_encoding(name) == name


@pytest.mark.parametrize(
    ("name", "said"),
    [("utf-88", "did you mean utf_8"), ("cp12522", "cp1252"), ("rot13", "unknown"), ("", "valid")],
)
def test_unknown_codecs_are_refused(name: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_encoding(name)


def test_gzip(tmp_path: Path) -> None:
    whole = gzip.compress(DANISH.encode() * 5000)
    (tmp_path / "x.gz").write_bytes(whole)
    assert lines_of(tmp_path / "x.gz", "detect") == [DANISH] * 5000
    (tmp_path / "cut.gz").write_bytes(whole[:-50])
    with pytest.raises(DataError, match=r"cut\.gz: cut short: its gzip data end too early"):
        lines_of(tmp_path / "cut.gz", "utf-8")
    (tmp_path / "no.gz").write_bytes(DANISH.encode())
    with pytest.raises(DataError, match=r"no\.gz: not sound gzip"):
        lines_of(tmp_path / "no.gz", "utf-8")
    (tmp_path / "bad.gz").write_bytes(whole[:20] + b"\0\0\0\0" + whole[24:])
    with pytest.raises(DataError, match=r"bad\.gz: not sound gzip"):
        lines_of(tmp_path / "bad.gz", "utf-8")


@pytest.mark.parametrize("how", ["longer", "replaced", "gone", "broken"])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, how: str) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"one\ntwo\n")

    def spoil() -> None:
        if how == "longer":
            with file.open("ab") as stream:
                stream.write(b"three\n")
        elif how == "gone":
            file.unlink()
        else:
            (tmp_path / "y").write_bytes(b"one\ntwo\n")
            (tmp_path / "y").replace(file)

    with pytest.raises(DataError, match="x: it changed while it was read"), opened(file, "x") as at:
        assert next(at) == b"one\n"
        spoil()
        if how == "broken":  # a fault that may come of the change is not told
            raise DataError("x:2: not JSON")
