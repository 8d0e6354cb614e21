"""A ctrl-C ends as one, whatever a library makes of it on its way up."""

import pytest
import typer

from goldsmith import cli


def test_failure_over_an_interrupt_is_an_interrupt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        try:
            raise KeyboardInterrupt
        except BaseException:
            raise ValueError("half-made state")  # noqa: B904

    monkeypatch.setattr(cli, "app", app)
    monkeypatch.setattr("sys.argv", ["goldsmith"])
    assert cli._run() == 130
    assert "interrupted" in capsys.readouterr().err


def test_other_failures_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(cli, "app", app)
    monkeypatch.setattr("sys.argv", ["goldsmith"])
    with pytest.raises(ValueError, match="a bug"):
        cli._run()
