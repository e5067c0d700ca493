#!/usr/bin/env python3
"""Corrects what Doxygen gets wrong: python3 mend_reference.py <folder of its pages>

- The tree links to functions and types that belong to a topic on the page of their file or namespace; they are described on that
  of the topic. Constants of an enumeration without a description have no anchor; their enumeration has one. Of a list of pages
  there is only the entry.
- A class whose nested classes are all private gets a link to a list of them that is not there.
- Pages do not say in which language they are, the field of the search has no label, and what is too wide for a small screen cannot be
  scrolled with the keyboard.
"""

import re
import sys
from pathlib import Path

ANCHOR = re.compile(r'\b(?:id|name)="(g*a[0-9a-f]{32,})"')
TREE_LINK = re.compile(r'"(\w+\.html)#(g*a[0-9a-f]{32,})"')
ENUMERATOR = re.compile(r"g?(g?a[0-9a-f]{32})a[0-9a-f]{32}")
NESTED_LINK = re.compile(r'<a href="#nested-classes">[^<]*</a>( &#124;\s*)?')


class Tree:
    """Where functions, types and constants are described, for the links of the tree."""

    def __init__(self, pages):
        self.anchors = {(name, anchor) for name, text in pages.items() for anchor in ANCHOR.findall(text)}
        self.topics = {anchor: name for name, anchor in self.anchors if name.startswith("group__")}

    def mended(self, link):
        page, anchor = link[1], link[2]
        if (page, anchor) in self.anchors:
            return link[0]
        if anchor in self.topics:
            return f'"{self.topics[anchor]}#{anchor}"'
        enumeration = ENUMERATOR.fullmatch(anchor)
        if not enumeration:
            return link[0]
        anchor = enumeration[1]
        return f'"{self.topics.get(anchor, page)}#{anchor}"'


def labelled(text):
    return text.replace('<input type="text" id="MSearchField"', '<input type="text" id="MSearchField" aria-label="Search"')


def mended_page(text):
    text = text.replace('<html xmlns="http://www.w3.org/1999/xhtml">', '<html xmlns="http://www.w3.org/1999/xhtml" lang="en">')
    text = labelled(text)
    for wide in ("fragment", "memproto"):
        text = text.replace(f'<div class="{wide}">', f'<div class="{wide}" tabindex="0">')
    if 'name="nested-classes"' not in text:
        text = NESTED_LINK.sub("", text)
    return text


def main(folder):
    pages = {page.name: page.read_text(encoding="utf-8") for page in Path(folder).glob("*.html")}
    tree = Tree(pages)
    for script in Path(folder).glob("*.js"):
        text = TREE_LINK.sub(tree.mended, script.read_text(encoding="utf-8"))
        script.write_text(labelled(text).replace('"pages.html":[],\n', ""), encoding="utf-8")
    for name, text in pages.items():
        (Path(folder) / name).write_text(mended_page(text), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
