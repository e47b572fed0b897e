# cmake/SrtLibrary.cmake: how a layer of the compiler is declared.
# SPDX-License-Identifier: Apache-2.0

# Flags for all of our own code; third-party headers come in as SYSTEM.
add_library(srt_flags INTERFACE)
target_include_directories(srt_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_include_directories(srt_flags SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
separate_arguments(SRT_LLVM_DEFINITIONS NATIVE_COMMAND ${LLVM_DEFINITIONS})
target_compile_definitions(srt_flags INTERFACE ${SRT_LLVM_DEFINITIONS}
  SRT_VERSION_TEXT="${PROJECT_VERSION}")
target_compile_options(srt_flags INTERFACE -Wall -Wextra -Wno-unused-parameter
  -fno-common $<$<BOOL:${SRT_WERROR}>:-Werror>
  # gcc 12 warns about code inside LLVM's and libstdc++'s own headers.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-restrict
    -Wno-dangling-pointer -Wno-stringop-overflow>
  # libstdc++ 12 uses its own deprecated get_temporary_buffer in stable_sort.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)

# srt_library(NAME SOURCES... LINKS...): one static library per lib/ folder.
# LINKS is the layer's allow-list; test/Project/layers.test holds the #include
# lines against it.
function(srt_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC srt_flags ${ARG_LINKS})
endfunction()

# srt_tool(NAME SOURCES... LINKS...): one program in bin/.
function(srt_tool name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE srt_flags ${ARG_LINKS})
endfunction()
