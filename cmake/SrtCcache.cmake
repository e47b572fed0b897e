# cmake/SrtCcache.cmake: compiles through ccache where it is installed.
# SPDX-License-Identifier: Apache-2.0
find_program(SRT_CCACHE ccache)
if(SRT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${SRT_CCACHE})
endif()
