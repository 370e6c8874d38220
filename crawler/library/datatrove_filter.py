"""Consent as a filter of datatrove, for its local and Slurm executors."""

from __future__ import annotations

import os
from typing import Any

from crawler.library.consent import Consent
from crawler.library.job import Job
from crawler.library.policy import Policy
from crawler.library.rows import Column, Columns, row_screen

try:
    from datatrove.pipeline.filters.base_filter import BaseFilter
except ImportError as error:
    raise ImportError(
        f'ConsentFilter needs datatrove ({error}): pip install "consent-crawler[datatrove]"'
    ) from error


class ConsentFilter(BaseFilter):  # type: ignore[misc] # datatrove is not typed
    """Lets through the documents that may be used, and writes `consent_*` to their metadata.

    What the sites said is read from the folder of one job, by every task for itself; nothing is
    written there. A document's row is its metadata, with its text as "text" and its id as "id":
    `html="text"` where a reader of WARC puts the page there.
    """

    name = "consent"

    def __init__(  # noqa: PLR0913 - one parameter a column
        self,
        consent: Consent | Policy | str | os.PathLike[str] = "default",
        *,
        job: Job | str | os.PathLike[str] | None = None,
        url: str = "url",
        robots_txt: Column = None,
        files: Column = None,
        headers: Column = None,
        html: Column = None,
        status: Column = None,
        at: float | None = None,
        exclusion_writer: Any = None,  # noqa: ANN401 - one of datatrove's
    ) -> None:
        """Take what `screen_rows` takes; `exclusion_writer` gets what is left out, with its reason.

        Raises:
            TypeError: Nothing tells what the sites said.
            JobError: The job cannot be read.
        """
        super().__init__(exclusion_writer)
        columns = Columns(
            url=url, robots_txt=robots_txt, files=files, headers=headers, html=html, status=status
        )
        self._screen = row_screen(consent, columns, job, at)

    def filter(self, doc: Any) -> bool | tuple[bool, str]:  # noqa: ANN401 - a Document
        """Return whether the document may be used, or why not."""
        row = {**doc.metadata, "metadata": doc.metadata, "text": doc.text, "id": doc.id}
        decision = self._screen.decide(row)
        doc.metadata.update(decision.columns())
        return True if decision else (False, decision.reason)
