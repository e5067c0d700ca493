# Makes a repository in WORK that holds what the library needs of SOURCE, with the tag of a release. SOURCE, WORK, GIT.
cmake_minimum_required(VERSION 3.21)
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)

file(REMOVE_RECURSE ${WORK})
set(git ${GIT} -C ${SOURCE} --git-dir=${WORK} --work-tree=${SOURCE})
run(${GIT} init --quiet --bare ${WORK})
run(${git} add --force CMakeLists.txt LICENSE cmake include src)
run(${git} -c user.name=test -c user.email=test@localhost -c commit.gpgsign=false commit --quiet --message release)
run(${git} tag v${VERSION})
