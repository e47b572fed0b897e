# SrtPolicy.cmake: policies as part of a CMake build. docs/Builds.md shows how.
# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.20) # DEPFILE in every generator

# What the files of one target are called: agent.linux-6.1.srtb, agent.macos.sb.
function(srt_policy_output_name stem target result)
  set(ending ${target}.srtb)
  if(target STREQUAL "macos")
    set(ending macos.sb)
  elseif(target STREQUAL "oci")
    set(ending oci.json)
  elseif(target STREQUAL "systemd")
    set(ending systemd.conf)
  elseif(target MATCHES "^(apparmor|bwrap)$")
    set(ending ${target})
  endif()
  set(${result} "${stem}.${ending}" PARENT_SCOPE)
endfunction()

# Refuses words that no keyword took: a misspelt keyword must not be a source.
function(srt_refuse_rest caller rest missing)
  if(rest)
    message(FATAL_ERROR "${caller}: cannot place `${rest}`")
  endif()
  if(missing)
    message(FATAL_ERROR "${caller}: no value behind `${missing}`")
  endif()
endfunction()

# srt_add_policy(TARGET name SOURCES file... [TARGETS system...]
#                [DEFINES name=value...] [OPTIONS option...] [DEPFILE])
#
# Compiles each policy for each system, as part of `all`. The outputs are
# called POLICY.SYSTEM.srtb (.sb for macos), lie in the folder NAME of the
# current binary directory and are listed in the target's property
# SRT_POLICY_FILES. With DEPFILE, what a policy imports is found out by
# compiling it, and a change there compiles it again.
function(srt_add_policy)
  cmake_parse_arguments(PARSE_ARGV 0 arg "DEPFILE" "TARGET" "SOURCES;TARGETS;DEFINES;OPTIONS")
  srt_refuse_rest(srt_add_policy "${arg_UNPARSED_ARGUMENTS}" "${arg_KEYWORDS_MISSING_VALUES}")
  if(NOT arg_TARGET OR NOT arg_SOURCES)
    message(FATAL_ERROR "srt_add_policy: needs TARGET name and SOURCES file...")
  endif()
  if(NOT arg_TARGETS)
    set(arg_TARGETS linux-6.12)
  endif()
  list(TRANSFORM arg_DEFINES PREPEND -D)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${arg_TARGET}")
  file(MAKE_DIRECTORY "${folder}")
  set(files)
  foreach(source IN LISTS arg_SOURCES)
    get_filename_component(path "${source}" ABSOLUTE)
    get_filename_component(stem "${source}" NAME_WLE)
    foreach(system IN LISTS arg_TARGETS)
      srt_policy_output_name("${stem}" "${system}" name)
      set(file "${folder}/${name}")
      if(file IN_LIST files)
        message(FATAL_ERROR "srt_add_policy: two sources would both become ${name}")
      endif()
      set(words)
      set(depfile)
      if(arg_DEPFILE)
        set(words -MD -MF "${file}.d" -MT "${file}")
        set(depfile DEPFILE "${file}.d")
      endif()
      add_custom_command(
        OUTPUT "${file}"
        COMMAND srt::srtc compile "${path}" "--target=${system}" -o "${file}"
                ${arg_DEFINES} ${arg_OPTIONS} ${words}
        DEPENDS "${path}" srt::srtc
        ${depfile}
        COMMENT "Compiling policy ${stem} for ${system}"
        VERBATIM)
      list(APPEND files "${file}")
    endforeach()
  endforeach()
  add_custom_target(${arg_TARGET} ALL DEPENDS ${files} SOURCES ${arg_SOURCES})
  set_property(TARGET ${arg_TARGET} PROPERTY SRT_POLICY_FILES "${files}")
endfunction()

# srt_add_policy_tests(NAME prefix SOURCES file... [DEFINES name=value...]
#                      [OPTIONS option...])
#
# One test of CTest for each file, called PREFIX.FILE: the `test` blocks of a
# policy (srtc test), or the rows of a verdict table (srt-sim). A policy without
# a test block fails: it would pass whatever it says.
function(srt_add_policy_tests)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME" "SOURCES;DEFINES;OPTIONS")
  srt_refuse_rest(srt_add_policy_tests "${arg_UNPARSED_ARGUMENTS}" "${arg_KEYWORDS_MISSING_VALUES}")
  if(NOT arg_NAME OR NOT arg_SOURCES)
    message(FATAL_ERROR "srt_add_policy_tests: needs NAME prefix and SOURCES file...")
  endif()
  list(TRANSFORM arg_DEFINES PREPEND -D)
  foreach(source IN LISTS arg_SOURCES)
    get_filename_component(path "${source}" ABSOLUTE)
    get_filename_component(name "${source}" NAME)
    if(name MATCHES "\\.verdict$")
      add_test(NAME ${arg_NAME}.${name} COMMAND srt::srt-sim "${path}")
    else()
      add_test(NAME ${arg_NAME}.${name}
        COMMAND srt::srtc test "${path}" ${arg_DEFINES} ${arg_OPTIONS})
      set_property(TEST ${arg_NAME}.${name} PROPERTY
        FAIL_REGULAR_EXPRESSION "0 passed, 0 failed")
    endif()
  endforeach()
endfunction()
