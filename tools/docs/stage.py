#!/usr/bin/env python3
"""Collects the pages of the docs site: python3 stage.py <repository> <folder>

The documents are written for people who read them in the repository, where links lead to other folders, lists are indented as
CommonMark permits, and README.md is the page of a folder. The folder receives what MkDocs needs instead: `pages/`, and the
configuration `mkdocs.yml`. The site has all documents of docs/ and those elsewhere that are read with them; whatever else they
link to becomes a page that shows the file.

Fails if a link leads nowhere, or if a document of docs/ is missing in the navigation.
"""

import posixpath
import re
import shutil
import sys
from pathlib import Path

CONFIG = "tools/docs/mkdocs.yml"
# Documents that have another place in the site than in the repository.
PLACES = {
    "README.md": "overview.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "LICENSE": "license.md",
    # Doxygen writes its own page there.
    "include/liveblocks": "reference/index.md",
}
LANGUAGES = {".cpp": "cpp", ".hpp": "cpp", ".mjs": "js", ".js": "js", ".ts": "ts", ".json": "json", ".html": "html"}
FENCE = re.compile(r"^ *(```+|~~~+)")
CODE_SPAN = re.compile(r"(`+[^`]+`+)")
LINK = re.compile(r"\]\(([^()\s]+)\)")
LIST_ITEM = re.compile(r"^( *)([-*+]|\d+\.)( +)")
OPTIONAL = re.compile(r"(?P<page>[\w/.-]+\.md) +# where it exists$")


class Site:
    """What is in the site, by its path in the repository, and the links that lead nowhere."""

    def __init__(self, repository):
        self.repository = Path(repository)
        self.waiting = []
        self.places = {}
        self.mistakes = []

    def add(self, path):
        """Makes that file or folder a page, once, and returns where."""
        if path not in self.places:
            self.places[path] = place_of(path)
            self.waiting.append(path)
        return self.places[path]

    def target(self, document, link):
        """What to write instead of a link of that document."""
        path, mark, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link) or not path:
            return link
        path = posixpath.normpath(posixpath.join(posixpath.dirname(document), path))
        if path not in PLACES and (self.repository / path / "README.md").is_file():
            path += "/README.md"
        if path not in PLACES and not (self.repository / path).is_file():
            self.mistakes.append(f"{document} links to {link}, which is no file and no folder with a README.md")
            return link
        return posixpath.relpath(self.add(path), posixpath.dirname(place_of(document)) or ".") + mark + anchor

    def write(self, folder):
        while self.waiting:
            path = self.waiting.pop()
            page = folder / self.places[path]
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(self.text_of(path), encoding="utf-8")

    def text_of(self, path):
        if path == "include/liveblocks":
            return "# Reference\n\nDoxygen replaces this page.\n"
        text = (self.repository / path).read_text(encoding="utf-8")
        if not path.endswith(".md"):
            return shown_file(path, text)
        return converted(text, lambda link: self.target(path, link))


def place_of(path):
    """Where a file of the repository is in the site."""
    if path in PLACES:
        return PLACES[path]
    path = path.removeprefix("docs/")
    if not path.endswith(".md"):
        return path + ".md"
    return re.sub(r"(^|/)README\.md$", r"\1index.md", path)


def shown_file(path, text):
    language = LANGUAGES.get(Path(path).suffix, "text")
    return f"# {path}\n\n````{language}\n{text.rstrip()}\n````\n"


def converted(text, target):
    """The document with other links, and with lists as Python-Markdown wants them: a blank line before, and before an item
    that follows one of several blocks, and four spaces for each level."""
    result = []
    indents = []  # Where the texts of the open list items begin.
    is_loose = False  # Whether the last item has several blocks.
    fence = None
    before = ""
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip())
        mark = FENCE.match(line)
        if fence is None and line.strip():
            item = LIST_ITEM.match(line)
            was_in_list = bool(indents)
            # A line without an indent continues an item, unless a blank line ended it or another block begins.
            continues = bool(before.strip()) and not item and not re.match(r"[#|`>]", line)
            while indents and indent < indents[-1] and not continues:
                indents.pop()
            if item:
                if before.strip() and (is_loose or not was_in_list):
                    result.append("")
                result.append(" " * 4 * len(indents) + f"{item[2]} " + linked(line[item.end():], target))
                indents.append(item.end())
                is_loose = False
                before = line
                continue
        is_loose = is_loose or not line.strip()
        shift = 4 * len(indents) - (indents[-1] if indents else 0)
        content = line if fence or mark else linked(line, target)
        result.append(" " * (shift if line.strip() else 0) + content)
        if mark:
            fence = None if fence == mark[1] else fence or mark[1]
        before = line
    return "\n".join(result) + "\n"


def linked(line, target):
    """The line with other links, except in code."""
    parts = CODE_SPAN.split(line)
    parts[::2] = [LINK.sub(lambda link: f"]({target(link[1])})", part) for part in parts[::2]]
    return "".join(parts)


def configuration(repository, places):
    """The configuration, without the optional documents that do not exist, and the documents that it forgets."""
    lines = []
    for line in (repository / CONFIG).read_text(encoding="utf-8").splitlines():
        optional = OPTIONAL.search(line)
        if not optional:
            lines.append(line)
        elif optional["page"] in places:
            lines.append(line[: optional.end("page")])
    text = "\n".join(lines) + "\n"
    named = set(re.findall(r"[\w/.-]+\.md$", text, re.MULTILINE)) | {"index.md"}
    return text, sorted(set(places) - named)


def main(repository, folder):
    repository, folder = Path(repository), Path(folder)
    site = Site(repository)
    documents = sorted(path.relative_to(repository).as_posix() for path in (repository / "docs").rglob("*.md"))
    for path in documents:
        site.add(path)
    for path in PLACES:
        site.add(path)
    site.write(folder / "pages")
    shutil.copytree(repository / "tools/docs/assets", folder / "pages/assets")
    shutil.copytree(repository / "tools/docs/theme", folder / "theme")
    text, forgotten = configuration(repository, {place_of(path) for path in documents})
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    site.mistakes += [f"docs/{page} is in no navigation: give it a place in {CONFIG}" for page in forgotten]
    for mistake in site.mistakes:
        print(mistake, file=sys.stderr)
    return 1 if site.mistakes else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
