"""Follows a page of the documentation: writes its files, runs its commands in a new folder, compares what they print with what the page
shows.

What is replaced: the port, so that pages can be followed side by side; the folders that the library is built in and installed to; the
placeholders of keys. apt-get installs nothing: its operands are checked.

  run_page.py --page <file> --source <tree> --work <folder> --sections <heading>|...
              [--prefix <installed library>] [--toolchain <file>] [--whole] [--result <file>=<source>] [--without-commands]

--toolchain is that of CMake, for a library that the page builds; --whole: no other section has commands; --result: what the commands
have made of a file of the page is that source; --without-commands: only patch is run.
"""

import argparse
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys

import page as pages

# Runs before the commands of a page. Each step has its output in a file of its own.
PRELUDE = r"""
set -eu
apt-get() { printf '%s\n' "$*" >>"$WORK/apt"; }
wait_for_server() {
  for _ in {1..300}; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>"$WORK/refused"; then return; fi
    kill -0 "$!" || return
    sleep 0.1
  done
}
end_servers() {
  local server
  for server in $(jobs -p); do kill "$server" 2>"$WORK/refused" || true; done
}
trap end_servers EXIT
cd "$WORK/folder"
"""


def parse_arguments():
    parser = argparse.ArgumentParser()
    for name in ("page", "source", "work", "sections"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("prefix", "toolchain", "result"):
        parser.add_argument(f"--{name}")
    for name in ("whole", "without-commands"):
        parser.add_argument(f"--{name}", action="store_true")
    return parser.parse_args()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


def replacements(arguments, port):
    """What a page says, and what is done instead."""
    return {
        "8080": port,
        "cmake -S . -B build/install": f"cmake -S '{arguments.source}' -B '{arguments.work}/library'",
        "build/install": f"'{arguments.work}/library'",
        "/usr/local": f"'{arguments.work}/prefix'",
        "_test_…": "_test_abcdefghijklmnop",
        "_dev_…": "_dev_abcdefghijklmnop",
    }


def replaced(text, table):
    for shown, used in table.items():
        text = text.replace(shown, used)
    return text


def script_of(steps, work, table):
    """Returns a script that does the steps."""
    script = [PRELUDE]
    for number, step in enumerate(steps):
        if isinstance(step, pages.File):
            written = work / f"file_{number}"
            written.write_text(replaced(step.text, table), encoding="utf-8")
            target = pathlib.PurePosixPath(step.name)
            script.append(f"mkdir -p '{target.parent}' && cp '{written}' '{target}'")
        else:
            # Nobody types a second command before the server listens, but a script does.
            commands = re.sub(r"&$", "& wait_for_server", replaced(step.text, table), flags=re.MULTILINE)
            script.append(f"echo {number} >\"$WORK/step\"\n{{\n{commands}}} >\"$WORK/output_{number}\" 2>\"$WORK/errors_{number}\"")
    return "\n".join(script) + "\n"


def environment_of(arguments, port):
    prefix = arguments.prefix or f"{arguments.work}/prefix"
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    for name in ("CLERK_SECRET_KEY", "LIVEBLOCKS_SECRET_KEY", "LIVEBLOCKS_BASE_URL"):
        environment.pop(name, None)
    environment |= {
        "WORK": arguments.work,
        "PORT": port,
        "CMAKE_PREFIX_PATH": prefix,
        "PKG_CONFIG_PATH": f"{prefix}/lib/pkgconfig",
    }
    if arguments.toolchain:
        environment["CMAKE_TOOLCHAIN_FILE"] = arguments.toolchain
    return environment


def run_script(steps, arguments, port, table):
    """Runs it, and fails with what the last step has printed if it fails."""
    work = pathlib.Path(arguments.work)
    script = script_of(steps, work, table)
    status = subprocess.run(["bash", "-c", script], env=environment_of(arguments, port), stdin=subprocess.DEVNULL, check=False)
    if status.returncode:
        number = int((work / "step").read_text(encoding="utf-8"))
        printed = [(work / f"{kind}_{number}").read_text(encoding="utf-8") for kind in ("output", "errors")]
        sys.exit(f"{steps[number].text}ends with {status.returncode}:\n" + "".join(printed))


def check_outputs(steps, work, table):
    for number, step in enumerate(steps):
        if not isinstance(step, pages.Commands) or step.output is None:
            continue
        printed = (work / f"output_{number}").read_text(encoding="utf-8")
        if not pages.pattern(replaced(step.output, table)).fullmatch(printed):
            errors = (work / f"errors_{number}").read_text(encoding="utf-8")
            sys.exit(f"{step.text}prints\n{printed}{errors}but the page shows\n{step.output}")


def known_packages(source):
    """Returns the packages of ./dev for building."""
    command = "source tools/dev/install.sh && packages_of build"
    listed = subprocess.run(["bash", "-c", command], cwd=source, capture_output=True, text=True, check=True)
    return set(listed.stdout.split()) | {"libdrogon-dev", "libjsoncpp-dev"}


def package_files(source):
    """Returns how a page names the files of our own packages."""
    control = (pathlib.Path(source) / "tools/packaging/debian/control").read_text(encoding="utf-8")
    return {f"./{name}_*.deb" for name in re.findall(r"(?m)^Package: (\S+)$", control)}


def check_packages(source, work):
    """Packages are those that ./dev installs, and files those of our own packages."""
    if not (work / "apt").exists():
        return
    known = known_packages(source) | package_files(source)
    for line in (work / "apt").read_text(encoding="utf-8").splitlines():
        command, *operands = line.split()
        if command != "install":
            sys.exit(f"apt-get {line}: does not install")
        for operand in operands:
            if operand not in known:
                sys.exit(f"apt-get {line}: {operand} is not among what is installed for the tests")


def uncommented(text):
    """Returns a source without the comments that it begins and ends with."""
    return re.sub(r"(?m)\A(//[^\n]*\n)+|(//[^\n]*\n)+\Z", "", text)


def check_sections(arguments, text, sections):
    missing = sections - pages.headings(text)
    left_out = pages.headings(text, "console") - sections if arguments.whole else set()
    if missing:
        sys.exit(f"{arguments.page} has no files and commands below: {', '.join(sorted(missing))}")
    if left_out:
        sys.exit(f"{arguments.page} has commands that are not run, below: {', '.join(sorted(left_out))}")


def without_commands(steps):
    """Leaves what needs nothing to be installed."""
    for step in steps:
        if isinstance(step, pages.Commands):
            step.text = "".join(f"{line}\n" for line in step.text.splitlines() if re.match(r"patch |apt-get ", line)) or ":\n"
            step.output = None


def main():
    arguments = parse_arguments()
    work = pathlib.Path(arguments.work)
    text = pathlib.Path(arguments.page).read_text(encoding="utf-8")
    sections = arguments.sections.split("|")
    check_sections(arguments, text, set(sections))
    steps = pages.steps(text, sections)
    if arguments.without_commands:
        without_commands(steps)
    shutil.rmtree(work, ignore_errors=True)
    (work / "folder").mkdir(parents=True)
    port = free_port()
    table = replacements(arguments, port)
    run_script(steps, arguments, port, table)
    check_outputs(steps, work, table)
    check_packages(arguments.source, work)
    if arguments.result:
        name, source = arguments.result.split("=")
        made = (work / "folder" / name).read_text(encoding="utf-8")
        if made != replaced(uncommented(pathlib.Path(source).read_text(encoding="utf-8")), table):
            sys.exit(f"{name} of {arguments.page} is not {source} in the end")


if __name__ == "__main__":
    main()
