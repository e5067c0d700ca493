"""run_recipe.py <tree> <work> <option>=<True|False>... -- <command of CMake> <argument>...: runs the methods of the recipe of this project
in the order in which `conan create` does, checks the package, and runs the recipe of its test package."""

import importlib.util
import os
import shutil
import sys
import types

import stand_in

SETTINGS = {"os": "Linux", "arch": "x86_64", "compiler": "gcc", "cppstd": 17, "build_type": "Release"}


def check(holds, message):
    if not holds:
        sys.exit(message)


def load_recipe(folder):
    """The one class of the recipe in a folder, made with the settings."""
    path = os.path.join(folder, "conanfile.py")
    spec = importlib.util.spec_from_file_location("recipe", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    classes = [item for item in vars(module).values() if isinstance(item, type) and issubclass(item, stand_in.ConanFile)]
    recipe = next(item for item in classes if item is not stand_in.ConanFile)(folder, SETTINGS)
    for name in ("name", "license", "description", "topics", "package_type"):
        check("test_package" in folder or getattr(recipe, name, None), f"The recipe has no {name}")
    return recipe


def check_exports(recipe, tree, work):
    """The library can be configured with nothing but what is exported."""
    recipe.export_sources_folder = os.path.join(work, "export")
    recipe.export_sources()
    exported = os.path.join(recipe.export_sources_folder, recipe.layout_source)
    recipe.source_folder, recipe.build_folder = exported, os.path.join(work, "configured")
    stand_in.CMake(recipe).configure()
    for folder in ("include", "src"):
        for parent, _, files in os.walk(os.path.join(tree, folder)):
            for name in files:
                relative = os.path.relpath(os.path.join(parent, name), tree)
                check(os.path.exists(os.path.join(exported, relative)), f"{relative} is not exported")


def check_package(recipe):
    """What Conan Center asks of a package, and that package_info() says what is there."""
    package = recipe.package_folder
    check(os.path.exists(os.path.join(package, "licenses", "LICENSE")), "The package has no license")
    for parent, _, files in os.walk(package):
        for name in files:
            check(not name.endswith((".cmake", ".pc", ".la", ".pdb")), f"The package has {parent}/{name}")
    described = {library for component in recipe.cpp_info.components.values() for library in component.libs}
    there = {name[3:].split(".")[0] for name in os.listdir(os.path.join(package, "lib"))}
    check(described == there, f"package_info() describes {described}, there are {there}")
    used = {other.split("::")[0] for component in recipe.cpp_info.components.values() for other in component.requires if "::" in other}
    visible = {name for name, is_visible in recipe.required.items() if is_visible}
    check(used == visible, f"Components use {used}, the recipe requires {visible}")


def create(recipe, tree, work):
    recipe.set_version()
    recipe.layout()
    recipe.requirements()
    recipe.validate()
    recipe.build_requirements()
    recipe.generate()
    check_exports(recipe, tree, work)
    # A compiler cache knows these.
    recipe.source_folder, recipe.build_folder = tree, os.path.join(work, "build")
    recipe.package_folder = os.path.join(work, "package")
    recipe.build()
    recipe.package()
    recipe.package_info()
    check_package(recipe)


def consume(recipe, package, work):
    recipe.tested_reference_str = f"{package.name}/{package.version}"
    recipe.dependencies = {package.name: package}
    recipe.cpp = types.SimpleNamespace(build=types.SimpleNamespace(bindir=work))
    recipe.source_folder, recipe.build_folder = recipe.recipe_folder, work
    recipe.requirements()
    recipe.layout()
    recipe.generate()
    recipe.build()
    recipe.test()


def main(tree, work, *rest):
    shutil.rmtree(work, ignore_errors=True)
    separator = rest.index("--")
    stand_in.cmake_command, *stand_in.cmake_arguments = rest[separator + 1 :]
    stand_in.prefix_path = os.path.join(work, "generators")
    stand_in.provide_modules()
    folder = os.path.join(tree, "tools", "packaging", "conan")
    recipe = load_recipe(folder)
    for option in rest[:separator]:
        name, value = option.split("=")
        check(value in map(str, type(recipe).options[name]), f"The recipe has no option {option}")
        setattr(recipe.options, name, value == "True")
    create(recipe, tree, work)
    stand_in.write_config(recipe, stand_in.prefix_path)
    consume(load_recipe(os.path.join(folder, "test_package")), recipe, os.path.join(work, "test_package"))


if __name__ == "__main__":
    main(*sys.argv[1:])
