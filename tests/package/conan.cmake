# Runs the recipe of tools/packaging/conan with OPTIONS, which have `|` between. PYTHON, SOURCE, WORK.
cmake_minimum_required(VERSION 3.21)
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)

string(REPLACE "|" ";" options "${OPTIONS}")
list(POP_FRONT configure cmake)
list(APPEND configure -DCMAKE_CXX_FLAGS_RELEASE=${BUILD_FLAGS})
run(${PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/conan/run_recipe.py ${SOURCE} ${WORK} ${options} -- ${cmake} ${configure})
