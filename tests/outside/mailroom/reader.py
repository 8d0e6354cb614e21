"""A reader of mailboxes: one mail, one labelled text."""

import mailbox
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from goldsmith.config.sections import Section
from goldsmith.errors import DataError
from goldsmith.readers.finding import find_files, named
from goldsmith.records import LabelledText


class Mbox(Section):
    """Reads mbox files; the label is a header. A file named train, validation or test is a split."""

    record: ClassVar[type[LabelledText]] = LabelledText

    format: Literal["mbox"] = Field(description="mbox")
    header: str = Field("X-Queue", description="The header that holds the label.")

    def files(self, path: Path) -> list[Path]:
        """The mbox files of a path.

        Raises:
            DataError: none there.
        """
        return find_files(path, (".mbox",))

    def read(self, files: list[Path], shown: Path) -> Iterator[LabelledText]:
        """Yield a record a mail: subject and body.

        Raises:
            DataError: a mail without the header.
        """
        for found in named(files, shown):
            for number, mail in enumerate(mailbox.mbox(found.file, create=False), start=1):
                if mail[self.header] is None:
                    raise DataError(f"{found.name}: mail {number} has no header {self.header!r}")
                body = mail.get_payload(decode=True)
                text = body.decode("utf-8") if isinstance(body, bytes) else ""
                yield LabelledText(
                    id=str(mail["Message-ID"] or f"{found.prefix}:{number}"),
                    document_id=str(mail["References"] or ""),
                    text=f"{mail['Subject'] or ''}\n\n{text.strip()}",
                    label=str(mail[self.header]),
                    split=found.split,
                )
