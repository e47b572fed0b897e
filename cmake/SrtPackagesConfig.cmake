# cmake/SrtPackagesConfig.cmake: read by cpack for each kind of package.
# SPDX-License-Identifier: Apache-2.0

# Without a date from outside, one that never changes: the same bytes.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  set(ENV{SOURCE_DATE_EPOCH} 1000000000)
endif()
# The tarball is unpacked anywhere, and has the runtime only.
if(CPACK_GENERATOR STREQUAL "TGZ")
  set(CPACK_COMPONENTS_ALL runtime)
  set(CPACK_PACKAGING_INSTALL_PREFIX /)
  # All in one folder that is called as the file is.
  set(CPACK_COMPONENT_INCLUDE_TOPLEVEL_DIRECTORY ON)
  set(CPACK_PACKAGE_FILE_NAME "${CPACK_ARCHIVE_RUNTIME_FILE_NAME}")
endif()
