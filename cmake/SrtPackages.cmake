# cmake/SrtPackages.cmake: Debian packages and the tarball of the runtime.
# SPDX-License-Identifier: Apache-2.0
#
#   srtc         the compiler and all that goes with it
#   srt-runtime  what applies bundles: static programs without any dependency
#
# The same build gives the same bytes: scripts/package says how.
set(CPACK_PACKAGE_NAME srtc)
set(CPACK_PACKAGE_VENDOR "the srtc authors")
set(CPACK_PACKAGE_CONTACT "the srtc authors <srtc@example.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Policy compiler for sandboxing commands")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_COMPONENTS_ALL compiler runtime)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_LIST_DIR}/SrtPackagesConfig.cmake)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/SrtPackagesDates.cmake)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_COMPILER_PACKAGE_NAME srtc)
set(CPACK_DEBIAN_COMPILER_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_COMPILER_PACKAGE_DEPENDS "srt-runtime (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME srt-runtime)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS OFF)
set(CPACK_COMPONENT_COMPILER_DESCRIPTION
  "Checks sandbox policies and compiles them for Landlock, seccomp and Seatbelt;\n the srt command; the bundle reader and CMake package for developers")
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION
  "Applies compiled sandbox policies: static programs that need nothing")

set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
string(TOLOWER "${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}" srt_system)
set(CPACK_ARCHIVE_RUNTIME_FILE_NAME srt-runtime-${PROJECT_VERSION}-${srt_system})
include(CPack)
