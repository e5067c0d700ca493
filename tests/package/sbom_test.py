"""Which SPDX documents tools/packaging/check_sbom.py accepts. The first argument is its folder."""

import copy
import hashlib
import os
import sys
import tempfile
import unittest

sys.path.insert(0, sys.argv.pop(1))
import check_sbom  # noqa: E402

CONTENT = b"a release"
DOCUMENT = {
    "spdxVersion": "SPDX-2.3",
    "dataLicense": "CC0-1.0",
    "SPDXID": "SPDXRef-DOCUMENT",
    "name": "release",
    "documentNamespace": "urn:release:1",
    "creationInfo": {"created": "2026-12-01T12:00:00Z", "creators": ["Tool: test"]},
    "packages": [
        {
            "SPDXID": "SPDXRef-release",
            "name": "release",
            "downloadLocation": "NOASSERTION",
            "licenseConcluded": "NOASSERTION",
            "licenseDeclared": "Apache-2.0",
            "copyrightText": "NOASSERTION",
            "packageFileName": "release.tar.gz",
            "checksums": [{"algorithm": "SHA256", "checksumValue": hashlib.sha256(CONTENT).hexdigest()}],
        }
    ],
    "relationships": [
        {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-release"}
    ],
}


class SbomTest(unittest.TestCase):
    def faults(self, change=lambda document: None):
        document = copy.deepcopy(DOCUMENT)
        change(document)
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "release.tar.gz"), "wb") as file:
                file.write(CONTENT)
            return check_sbom.faults(document, folder)

    def test_a_complete_document_is_accepted(self):
        self.assertEqual(self.faults(), [])

    def test_each_required_field_is_missed(self):
        for field in check_sbom.DOCUMENT:
            self.assertTrue(self.faults(lambda document: document.pop(field)), field)
        for field in set(check_sbom.PACKAGE) - {"SPDXID"}:
            self.assertTrue(self.faults(lambda document: document["packages"][0].pop(field)), field)
        for field in set(check_sbom.RELATIONSHIP) - {"spdxElementId", "relatedSpdxElement"}:
            self.assertTrue(self.faults(lambda document: document["relationships"][0].pop(field)), field)

    def test_what_does_not_fit_together_is_found(self):
        def other_file(document):
            document["packages"][0]["checksums"][0]["checksumValue"] = "0" * 64

        def nowhere(document):
            document["relationships"][0]["relatedSpdxElement"] = "SPDXRef-other"

        def twice(document):
            document["packages"] *= 2

        for change in (other_file, nowhere, twice):
            self.assertTrue(self.faults(change), change.__name__)


if __name__ == "__main__":
    unittest.main()
