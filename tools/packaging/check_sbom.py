"""check_sbom.py <document> <folder>: fails unless an SPDX 2.3 document has the fields that the specification requires, in its forms; its
relationships lead somewhere; and its checksums are those of the files in the folder."""

import hashlib
import json
import os
import re
import sys

DATE = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
IDENTIFIER = r"SPDXRef-[A-Za-z0-9.-]+"
LICENSE = r"NOASSERTION|NONE|[A-Za-z0-9.+-]+"
# By the clauses of the specification: 6 Document creation, 7 Package, 11 Relationship.
DOCUMENT = {
    "spdxVersion": r"SPDX-2\.3",
    "dataLicense": r"CC0-1\.0",
    "SPDXID": r"SPDXRef-DOCUMENT",
    "name": r".+",
    "documentNamespace": r"[a-z][a-z0-9+.-]*:[^#\s]+",
}
PACKAGE = {
    "SPDXID": IDENTIFIER,
    "name": r".+",
    "downloadLocation": r"NOASSERTION|NONE|[a-z+]+://.+",
    "licenseConcluded": LICENSE,
    "licenseDeclared": LICENSE,
    "copyrightText": r"NOASSERTION|NONE|(.|\n)+",
}
RELATIONSHIP = {
    "spdxElementId": IDENTIFIER,
    "relatedSpdxElement": IDENTIFIER,
    "relationshipType": r"DESCRIBES|GENERATED_FROM|DYNAMIC_LINK|STATIC_LINK",
}


def faults_of(what, element, fields):
    return [f"{what}: {name} is {element.get(name)!r}" for name, form in fields.items() if not re.fullmatch(form, element.get(name, ""))]


def file_faults(package, folder):
    if "packageFileName" not in package:
        return []
    with open(os.path.join(folder, package["packageFileName"]), "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    sums = {entry["algorithm"]: entry["checksumValue"] for entry in package["checksums"]}
    return [] if sums.get("SHA256") == digest else [f"{package['name']}: the file has the checksum {digest}"]


def faults(document, folder):
    found = faults_of("document", document, DOCUMENT)
    found += faults_of("creationInfo", document["creationInfo"], {"created": DATE})
    if not all(re.fullmatch(r"(Tool|Person|Organization): .+", creator) for creator in document["creationInfo"]["creators"]):
        found.append("creationInfo: a creator is of no kind")
    known = {"SPDXRef-DOCUMENT"}
    for package in document["packages"]:
        found += faults_of(package.get("name"), package, PACKAGE) + file_faults(package, folder)
        if package["SPDXID"] in known:
            found.append(f"{package['SPDXID']} is there twice")
        known.add(package["SPDXID"])
    for relation in document["relationships"]:
        found += faults_of("relationship", relation, RELATIONSHIP)
        found += [f"{end} is not described" for end in (relation["spdxElementId"], relation["relatedSpdxElement"]) if end not in known]
    described = {relation["relatedSpdxElement"] for relation in document["relationships"]}
    return found + [f"{package['name']} is related to nothing" for package in document["packages"] if package["SPDXID"] not in described]


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as opened:
        result = faults(json.load(opened), sys.argv[2])
    sys.exit("\n".join(result) if result else 0)
