"""ask: passages found, the answer read in them, cited with document and place."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from goldsmith.cli.running import ProfileName
from goldsmith.errors import UserError
from goldsmith.text import require_whole

USE_CASE, QA = "document-retrieval", "policy-questions"


def ask(
    question: Annotated[str, typer.Argument(help="What to look for.")],
    documents: Annotated[
        Path | None,
        typer.Option(help="Folder of .txt and .md files to look in; in place of the use case's."),
    ] = None,
    use_case: Annotated[
        str | None,
        typer.Option("--use-case", help=f"Whose champion finds; {USE_CASE} if left out."),
    ] = None,
    qa: Annotated[
        str | None, typer.Option(help=f"Whose champion reads the answer; {QA} if left out.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, max=50, help="Passages to find and read.")] = 5,
    profile: ProfileName = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Find passages that answer a question, and cite the answer.

    Without a champion that finds, --documents are searched by BM25 alone; without one that reads, the
    passages are the answer. Both are said.

    Example: goldsmith ask "How long do you keep my searches?" --documents policies
    """
    if documents is None and use_case is None:
        raise UserError(
            f"say where to look: --documents FOLDER, or --use-case NAME (such as {USE_CASE})"
        )
    if not question.strip():
        raise UserError("the question is empty: say what to look for")
    require_whole(question)
    from goldsmith.cli import asking_parts as parts

    finder = parts.finder(use_case, USE_CASE, documents, profile)
    reader, lacks = parts.reader(qa, QA, profile)
    found = parts.answered(question, finder, reader, top, [lacks] if lacks else [])
    print(json.dumps(found, indent=1, ensure_ascii=False) if as_json else shown(found))


def shown(found: dict[str, Any]) -> str:
    """The answer with its citation, and the passages that were found, for people."""
    reader, passages = found["reader"], found["passages"]
    lines = [*(f"note: {one}" for one in found["notes"]), *([""] if found["notes"] else [])]
    lines += _answer(found)
    if passages:
        lines += ["", f"Passages {'read' if reader else 'found'}, the best first:"]
    for one in passages:
        text = " ".join(one["text"].split())
        cut = text if len(text) <= 100 else f"{text[:99]}…"
        lines += [f"  {one['score']:.2f}  {_place(one)}  {one['title']}", f"        {cut}"]
    named = [_named("found by", found["retriever"])]
    named += [_named("read by", reader)] if reader else []
    index = found["index"]
    named.append(f"index {index['sha256'][:12]} of {index['passages']:,} passages")
    return "\n".join([*lines, "", "; ".join(named)])


def _answer(found: dict[str, Any]) -> list[str]:
    """What is said first: the answer and where it stands, or why there is none."""
    answer, count = found["answer"], len(found["passages"])
    if not count:
        return ["No answer: no passage has a word of the question."]
    if found["reader"] is None:
        return ["No answer: nobody read the passages for one."]
    if answer is None:
        which = "the one passage read has none" if count == 1 else f"none of the {count} passages read has one"  # fmt: skip
        return [f"No answer: {which}."]
    return [answer["text"], f"  {_place(answer)} (score {answer['score']:.2f})"]


def _place(found: dict[str, Any]) -> str:
    return f"{found['document']}, characters {found['start']}-{found['end']}"


def _named(how: str, model: dict[str, Any]) -> str:
    if "version" not in model:
        return f"{how} BM25 alone"
    return f"{how} {model['name']} version {model['version']}"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(ask)
