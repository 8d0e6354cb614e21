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
    qa: Annotated[str, typer.Option(help="Use case whose champion reads the answer.")] = QA,
    top: Annotated[int, typer.Option(min=1, max=50, help="Passages to read.")] = 5,
    profile: ProfileName = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Find passages that answer a question, and cite the answer.

    Without a retriever's champion, --documents are searched by BM25 alone.

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
    reader = parts.reader(qa, profile)
    found = parts.answered(question, finder, reader, top)
    print(json.dumps(found, indent=1, ensure_ascii=False) if as_json else shown(found))


def shown(found: dict[str, Any]) -> str:
    """The answer with its citation, and the passages that were read, for people."""
    answer = found["answer"]
    lines = [f"note: {found['note']}", ""] if found["note"] else []
    if answer is None:
        lines += [f"No answer: none of the {len(found['passages'])} passages read has one."]
    else:
        place = f"{answer['document']}, characters {answer['start']}-{answer['end']}"
        lines += [answer["text"], f"  {place} (score {answer['score']:.2f})"]
    lines += ["", "Passages read, the best first:"]
    for one in found["passages"]:
        text = " ".join(one["text"].split())
        cut = text if len(text) <= 100 else f"{text[:99]}…"
        where = f"{one['document']}, characters {one['start']}-{one['end']}"
        lines += [f"  {one['score']:.2f}  {where}  {one['title']}", f"        {cut}"]
    named = [_named("found by", found["retriever"]), _named("read by", found["reader"])]
    index = found["index"]
    named.append(f"index {index['sha256'][:12]} of {index['passages']:,} passages")
    return "\n".join([*lines, "", "; ".join(named)])


def _named(how: str, model: dict[str, Any]) -> str:
    version = f" version {model['version']}" if model.get("version") else ""
    return f"{how} {model['name']}{version}"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(ask)
