"""A stand-in for the Python modules of Conan 2, with what the recipe of this project uses of them and no more: a recipe that asks for
anything else fails. After the documentation of Conan; nothing is downloaded or cached."""

import fnmatch
import os
import shutil
import subprocess
import sys
import types
from collections import defaultdict

# What the runner sets: the command of CMake, what it hands to every configuration, and where packages are found.
cmake_command = "cmake"
cmake_arguments = []
prefix_path = ""


class Component:
    """What a consumer needs to know of one library."""

    def __init__(self):
        self.libs, self.requires, self.system_libs, self.properties = [], [], [], {}

    def set_property(self, name, value):
        self.properties[name] = value


class CppInfo(Component):
    def __init__(self):
        super().__init__()
        self.components = defaultdict(Component)


class ConanFile:
    def __init__(self, folder, settings):
        self.recipe_folder = folder
        self.settings = types.SimpleNamespace(**settings)
        self.options = types.SimpleNamespace(**getattr(self, "default_options", {}))  # Their values are plain ones here.
        self.cpp_info = CppInfo()
        self.required, self.tools, self.dependencies = {}, [], {}

    def requires(self, reference, visible=True):
        self.required[reference.split("/")[0]] = visible

    def tool_requires(self, reference):
        self.tools.append(reference)

    def run(self, command, env):
        subprocess.run([command], check=True)


def check_min_cppstd(recipe, standard):
    assert int(recipe.settings.cppstd) >= standard


def can_run(recipe):
    return True


def copy(recipe, pattern, source, destination):
    for folder, _, files in os.walk(source):
        for name in files:
            relative = os.path.relpath(os.path.join(folder, name), source)
            if fnmatch.fnmatchcase(relative, pattern):
                os.makedirs(os.path.dirname(os.path.join(destination, relative)), exist_ok=True)
                shutil.copy(os.path.join(source, relative), os.path.join(destination, relative))


def load(recipe, path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def rmdir(recipe, path):
    shutil.rmtree(path, ignore_errors=True)


def cmake_layout(recipe, src_folder="."):
    recipe.layout_source = src_folder


class CMakeToolchain:
    def __init__(self, recipe):
        self.recipe, self.cache_variables = recipe, {}

    def generate(self):
        variables = {name: "ON" if value else "OFF" for name, value in self.cache_variables.items()}
        if hasattr(self.recipe.options, "shared"):
            variables["BUILD_SHARED_LIBS"] = "ON" if self.recipe.options.shared else "OFF"
        self.recipe.variables = variables


class CMakeDeps:
    """The packages that this machine has stand for those of Conan."""

    def __init__(self, recipe):
        pass

    def generate(self):
        pass


class CMake:
    def __init__(self, recipe):
        self.recipe = recipe

    def configure(self):
        variables = {"CMAKE_BUILD_TYPE": self.recipe.settings.build_type, "CMAKE_PREFIX_PATH": prefix_path, "CMAKE_INSTALL_LIBDIR": "lib"}
        variables.update(self.recipe.variables)
        definitions = [f"-D{name}={value}" for name, value in variables.items()]
        folders = ["-S", self.recipe.source_folder, "-B", self.recipe.build_folder]
        self._run(cmake_arguments + folders + definitions)

    def build(self):
        self._run(["--build", self.recipe.build_folder, "--parallel"])

    def install(self):
        self._run(["--install", self.recipe.build_folder, "--prefix", self.recipe.package_folder])

    def _run(self, arguments):
        done = subprocess.run([cmake_command] + arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            sys.exit(f"cmake {' '.join(arguments)}\n{done.stdout}")


def write_config(recipe, folder):
    """What CMakeDeps writes for a consumer: the targets as package_info() describes them."""
    external = {"openssl::crypto": "", "libcurl::libcurl": ""}
    text = ""
    suffix = "so" if recipe.options.shared else "a"
    if not recipe.options.shared:
        external = {"openssl::crypto": "crypto", "libcurl::libcurl": "curl"}
    for name, component in recipe.cpp_info.components.items():
        own = recipe.cpp_info.components
        links = [own[other].properties["cmake_target_name"] if other in own else external[other] for other in component.requires]
        library = os.path.join(recipe.package_folder, "lib", f"lib{component.libs[0]}.{suffix}")
        target = component.properties["cmake_target_name"]
        text += f"add_library({target} UNKNOWN IMPORTED)\n"
        text += f"set_target_properties({target} PROPERTIES IMPORTED_LOCATION {library}\n"
        text += f"  INTERFACE_INCLUDE_DIRECTORIES {recipe.package_folder}/include\n"
        text += f"  INTERFACE_LINK_LIBRARIES \"{';'.join(filter(None, links + component.system_libs))}\")\n"
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, recipe.cpp_info.properties["cmake_file_name"] + "Config.cmake"), "w", encoding="utf-8") as file:
        file.write(text)


def provide_modules():
    """Lets recipes import what is above by its names in Conan."""
    contents = {
        "conan": [ConanFile],
        "conan.tools": [],
        "conan.tools.build": [can_run, check_min_cppstd],
        "conan.tools.cmake": [CMake, CMakeDeps, CMakeToolchain, cmake_layout],
        "conan.tools.files": [copy, load, rmdir],
    }
    for name, objects in contents.items():
        sys.modules[name] = types.ModuleType(name)
        for part in objects:
            setattr(sys.modules[name], part.__name__, part)
