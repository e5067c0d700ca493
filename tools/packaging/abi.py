"""abi.py describe <library.xml>: writes to standard output, a line for each, what programs that are linked with a library rely on: its
symbols, and the sizes, members, bases, virtual functions and enumerators of the types in its public headers. The file is of abidw.

abi.py compare <baseline> <description>: fails if programs that were built with the first may not work with the second. What is new does
no harm, unless it changes a type that was there. (abidiff reads its own XML of aliases that are templates wrongly, and reports changes
where there are none.)
"""

import sys
import xml.etree.ElementTree

PUBLIC = "include/liveblocks/"
# What may not be added to a type: its users have made objects of it, or derive from it.
FIXED = ("member", "base", "virtual")


class Library:
    def __init__(self, path):
        self.root = xml.etree.ElementTree.parse(path).getroot()
        self.elements, self.scopes = {}, {}
        self._collect(self.root, "")

    def _collect(self, parent, scope):
        for element in parent:
            inner = scope
            if element.tag in ("namespace-decl", "class-decl", "union-decl", "enum-decl", "typedef-decl", "type-decl"):
                inner = f"{scope}{element.get('name')}::"
                if element.get("is-declaration-only") != "yes":
                    self.elements[element.get("id")] = element
                self.scopes[element] = scope
            elif "id" in element.keys():
                self.elements[element.get("id")] = element
            self._collect(element, inner)

    def name(self, element):
        return self.scopes.get(element, "") + element.get("name")

    def type_name(self, identifier):
        element = self.elements.get(identifier)
        if element is None:
            return "?"
        inner = element.get("type-id")
        if element.tag == "pointer-type-def":
            return self.type_name(inner) + "*"
        if element.tag == "reference-type-def":
            return self.type_name(inner) + "&"
        if element.tag == "qualified-type-def":
            return "const " + self.type_name(inner)
        return self.name(element) if "name" in element.keys() else element.tag

    def lines(self):
        for symbol in self.root.iter("elf-symbol"):
            yield f"symbol {symbol.get('name')}"
        for element in self.elements.values():
            if PUBLIC not in element.get("filepath", "") or "__anonymous_" in self.name(element):
                continue
            if element.tag in ("class-decl", "union-decl"):
                yield from self._type_lines(element, self.name(element))
            elif element.tag == "enum-decl":
                for value in element.iter("enumerator"):
                    yield f"enumerator {self.name(element)} {value.get('name')} = {value.get('value')}"

    def _type_lines(self, element, name):
        yield f"size {name} {element.get('size-in-bits')}"
        for base in element.findall("base-class"):
            yield f"base {name} {base.get('layout-offset-in-bits')}: {self.type_name(base.get('type-id'))}"
        for member in element.findall("data-member"):
            variable = member.find("var-decl")
            if member.get("static") != "yes":
                offset = member.get("layout-offset-in-bits")
                yield f"member {name} {offset}: {self.type_name(variable.get('type-id'))} {variable.get('name')}"
        for function in element.findall("member-function"):
            if "vtable-offset" in function.keys():
                yield f"virtual {name} {function.get('vtable-offset')}: {function.find('function-decl').get('mangled-name')}"


def subject(line):
    """The kind of a line, and the type that it is about; names of templates have blanks, and a number follows them."""
    kind, rest = line.split(" ", 1)
    return kind, rest.split(": ")[0].rsplit(" ", 1)[0]


def broken(baseline, description):
    known = {subject(line)[1] for line in baseline if line.startswith("size ")}
    lost = [f"- {line}" for line in baseline - description]
    added = [line for line in description - baseline if line.startswith(FIXED) and subject(line)[1] in known]
    return sorted(lost + [f"+ {line}" for line in added], key=lambda line: line[2:])


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return set(file.read().splitlines())


if __name__ == "__main__":
    if sys.argv[1] == "describe":
        print("\n".join(sorted(set(Library(sys.argv[2]).lines()))))
    else:
        changes = broken(lines_of(sys.argv[2]), lines_of(sys.argv[3]))
        sys.exit("\n".join(changes) if changes else 0)
