"""sbom.py <version> <time> <tarball> <package.deb>...: writes an SPDX 2.3 document about a release to standard output: what is in it,
which libraries its ELF files load, which packages of Debian have these, and what is compiled in.

<time> is that of the release, in UTC, as 2026-12-01T12:00:00Z: the same files give the same document.
"""

import glob
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

# Of what is linked or compiled in, by the source package of Debian. SPDX has no name for what others are under in parts.
LICENSES = {"curl": "curl", "openssl": "Apache-2.0", "nlohmann-json3": "MIT"}
COMPILED_IN = "nlohmann-json3-dev"


def output_of(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def identifier(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)


def checksum(path):
    with open(path, "rb") as file:
        return [{"algorithm": "SHA256", "checksumValue": hashlib.sha256(file.read()).hexdigest()}]


def package(name, version, license_declared, **more):
    fields = {
        "SPDXID": identifier(name),
        "name": name,
        "versionInfo": version,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": license_declared,
        "copyrightText": "NOASSERTION",
    }
    return {**fields, **more}


def own_package(path, version, name):
    return package(name, version, "Apache-2.0", packageFileName=os.path.basename(path), checksums=checksum(path))


def debian_package(name):
    """A package that is installed on this machine."""
    source, version = output_of("dpkg-query", "--show", "--showformat", "${source:Package} ${Version}", name).split()
    purl = f"pkg:deb/debian/{name}@{version}"
    reference = {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}
    return package(name, version, LICENSES.get(source, "NOASSERTION"), supplier="Organization: Debian", externalRefs=[reference])


def loaded_packages(folder):
    """The installed packages that have what the shared libraries in a folder load, other than libraries of ours."""
    loaded = set()
    for path in glob.glob(f"{folder}/usr/lib/*/*.so.*"):
        triplet = os.path.basename(os.path.dirname(path))
        needed = re.findall(r"\(NEEDED\).*\[(.*)\]", output_of("readelf", "--dynamic", "--wide", path))
        loaded.update(f"*/{triplet}/{library}" for library in needed)
    external = sorted(pattern for pattern in loaded if "/libliveblocks" not in pattern)
    lines = output_of("dpkg-query", "--search", *external).splitlines() if external else []
    return {line.split(":")[0] for line in lines if not line.startswith("diversion ")}


def document(version, time, tarball, debs):
    source = own_package(tarball, version, "liveblocks-cpp")
    packages, relations = {source["SPDXID"]: source}, []

    def relate(first, relation, second):
        relations.append({"spdxElementId": first, "relationshipType": relation, "relatedSpdxElement": second})

    relate("SPDXRef-DOCUMENT", "DESCRIBES", source["SPDXID"])
    for path in sorted(debs):
        name, deb_version = output_of("dpkg-deb", "--show", "--showformat", "${Package} ${Version}", path).split()
        own = own_package(path, deb_version, name)
        packages[own["SPDXID"]] = own
        relate("SPDXRef-DOCUMENT", "DESCRIBES", own["SPDXID"])
        relate(own["SPDXID"], "GENERATED_FROM", source["SPDXID"])
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["dpkg-deb", "--extract", path, folder], check=True)
            loaded = loaded_packages(folder)
        for other in map(debian_package, sorted(loaded)):
            packages[other["SPDXID"]] = other
            relate(own["SPDXID"], "DYNAMIC_LINK", other["SPDXID"])
        if loaded:
            compiled_in = debian_package(COMPILED_IN)
            packages[compiled_in["SPDXID"]] = compiled_in
            relate(own["SPDXID"], "STATIC_LINK", compiled_in["SPDXID"])

    digest = hashlib.sha256(json.dumps(sorted(packages.items())).encode()).hexdigest()
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"liveblocks-cpp-{version}",
        "documentNamespace": f"urn:liveblocks-cpp:{version}:{digest}",
        "creationInfo": {"created": time, "creators": ["Tool: liveblocks-cpp-sbom-1"]},
        "packages": [packages[key] for key in sorted(packages)],
        "relationships": relations,
    }


if __name__ == "__main__":
    json.dump(document(*sys.argv[1:4], sys.argv[4:]), sys.stdout, indent=2)
    print()
