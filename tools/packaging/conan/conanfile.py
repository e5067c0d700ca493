import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir

required_conan_version = ">=2.0.9"


class LiveblocksCppConan(ConanFile):
    """Packages the tree that this file is part of. A recipe of Conan Center gets a release instead, see docs/packaging.md."""

    name = "liveblocks-cpp"
    description = "Server SDK for Liveblocks and Clerk"
    license = "Apache-2.0"
    topics = ("liveblocks", "clerk", "authentication", "jwt", "webhooks")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {
        "shared": [True, False],
        "fPIC": [True, False],
        "with_curl": [True, False],
        "with_testing": [True, False],
    }
    default_options = {
        "shared": False,
        "fPIC": True,
        "with_curl": True,
        "with_testing": True,
    }
    implements = ["auto_shared_fpic"]

    @property
    def _tree(self):
        return os.path.join(self.recipe_folder, "..", "..", "..")

    def set_version(self):
        header = load(self, os.path.join(self._tree, "include", "liveblocks", "core", "version.hpp"))
        self.version = re.search(r'LIVEBLOCKS_VERSION "([0-9.]+)"', header).group(1)

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "src/*"):
            copy(self, pattern, self._tree, os.path.join(self.export_sources_folder, "src"))

    def layout(self):
        cmake_layout(self, src_folder="src")

    def requirements(self):
        self.requires("openssl/[>=3 <4]")
        # Compiled into the library under another name: users may have any version of it.
        self.requires("nlohmann_json/3.11.3", visible=False)
        if self.options.with_curl:
            self.requires("libcurl/[>=7.80 <9]")

    def validate(self):
        check_min_cppstd(self, 17)

    def build_requirements(self):
        self.tool_requires("cmake/[>=3.21]")

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["LIVEBLOCKS_CURL"] = bool(self.options.with_curl)
        toolchain.cache_variables["LIVEBLOCKS_TESTING"] = bool(self.options.with_testing)
        toolchain.cache_variables["LIVEBLOCKS_BUILD_TESTS"] = False
        toolchain.cache_variables["LIVEBLOCKS_BUILD_EXAMPLES"] = False
        toolchain.cache_variables["LIVEBLOCKS_BUILD_BENCH"] = False
        toolchain.cache_variables["LIVEBLOCKS_INSTALL"] = True
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        CMake(self).install()
        # Conan writes these for what consumes the package.
        rmdir(self, os.path.join(self.package_folder, "lib", "cmake"))
        rmdir(self, os.path.join(self.package_folder, "lib", "pkgconfig"))
        rmdir(self, os.path.join(self.package_folder, "share"))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "liveblocks")
        self._component("core", "liveblocks_core", ["openssl::crypto"])
        if self.options.with_curl:
            self._component("liveblocks", "liveblocks", ["core", "libcurl::libcurl"])
        if self.options.with_testing:
            self._component("testing", "liveblocks_testing", ["core"])

    def _component(self, name, library, requires):
        component = self.cpp_info.components[name]
        component.set_property("cmake_target_name", f"liveblocks::{name}")
        component.set_property("pkg_config_name", "liveblocks" if name == "liveblocks" else f"liveblocks-{name}")
        component.libs = [library]
        component.requires = requires
        if self.settings.os in ("Linux", "FreeBSD"):
            component.system_libs = ["pthread"]
