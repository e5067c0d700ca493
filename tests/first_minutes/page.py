"""What a reader takes from a page of the documentation, in order: files to write, and commands to run.

A file is a fenced block after a line that ends with its name in backquotes and a colon. Commands are the blocks of `console`; what they
print is the next fenced block of the section if that is one of `text`.
"""

import dataclasses
import re


@dataclasses.dataclass
class File:
    name: str
    text: str


@dataclasses.dataclass
class Commands:
    text: str
    output: str | None = None


FENCE = re.compile(r"^```(\w*)$")
FILE_NAME = re.compile(r"(?:^|[\s;])`([\w./]+)`:$")


def blocks(lines):
    """Yields the heading above, the last line of text before, the language and the text of each fenced block."""
    heading = before = language = None
    content = []
    for line in lines:
        fence = FENCE.match(line)
        if language is not None:
            if line == "```":
                yield heading, before, language, "".join(f"{line}\n" for line in content)
                language, before = None, None
            else:
                content.append(line)
        elif fence:
            language, content = fence.group(1), []
        elif line.startswith("#"):
            heading, before = line.lstrip("# "), None
        elif line:
            before = line


def steps(text, sections):
    """Returns what is to be done in the sections of these headings."""
    found, last_heading, awaiting = [], None, None
    for heading, before, language, content in blocks(text.splitlines()):
        if heading not in sections:
            continue
        if heading != last_heading:
            last_heading, awaiting = heading, None
        name = FILE_NAME.search(before or "")
        if language == "console":
            awaiting = Commands(content)
            found.append(awaiting)
        elif language == "text" and awaiting:
            awaiting.output, awaiting = content, None
        elif name:
            found.append(File(name.group(1), content))
            awaiting = None
        else:
            awaiting = None
    return found


def headings(text, language=None):
    """Returns the headings of all sections that have blocks, or blocks of a language."""
    return {heading for heading, _, found, _ in blocks(text.splitlines()) if language in (None, found)}


def pattern(output):
    """Returns a regular expression for what is shown: an ellipsis stands for any part of a line."""
    return re.compile(".*".join(re.escape(part) for part in output.split("…")))
