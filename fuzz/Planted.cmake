# fuzz/Planted.cmake: replays of programs that have a known mistake in them.
# SPDX-License-Identifier: Apache-2.0
#
# A corpus that would pass whatever the code did would be worth nothing. So one
# source file is compiled with one text replaced, and test/Fuzz/planted.test
# sees the replay fail. The changed object comes before the library that has
# the right one.

# srt_planted(NAME SOURCE FILE FROM TO [LIBRARY]): srt-planted-NAME, the target in
# SOURCE with FROM replaced by TO in FILE, and the library it needs.
function(srt_planted name source file from to)
  set(original ${CMAKE_SOURCE_DIR}/${file})
  set(changed ${CMAKE_CURRENT_BINARY_DIR}/planted/${name}.cpp)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${original})
  file(READ ${original} before)
  string(REPLACE "${from}" "${to}" after "${before}")
  if(after STREQUAL before)
    message(FATAL_ERROR "${file} does not hold what ${name} replaces: ${from}")
  endif()
  file(CONFIGURE OUTPUT ${changed} CONTENT "${after}" @ONLY)
  get_filename_component(folder ${original} DIRECTORY)
  srt_tool(srt-planted-${name} SOURCES ${changed} ${source} Replay.cpp LINKS srt_fuzz ${ARGN})
  if("srt_world" IN_LIST ARGN)
    set_source_files_properties(${changed} PROPERTIES COMPILE_OPTIONS
      "-fno-strict-aliasing;-include;${CMAKE_CURRENT_SOURCE_DIR}/OtherKernel.h")
  endif()
  target_include_directories(srt-planted-${name} PRIVATE ${folder})
  # What is left unused or is always true by the change is no warning here.
  target_compile_options(srt-planted-${name} PRIVATE -w)
  add_dependencies(srt-replays srt-planted-${name})
endfunction()

# The bundle checker takes strings that lie behind their section.
srt_planted(string-bounds BundleReader.cpp runtime/bundle/text.cpp
  "text.offset < limit && text.size < limit - text.offset" "limit != 0")
# The automaton of `*` takes a slash, too.
srt_planted(star-slash Globs.cpp lib/Analysis/PatternItems.cpp
  "glob(rest, allBut({0, '/'}), next)" "glob(rest, allBut({0}), next)")
# `$` holds everywhere.
srt_planted(regex-end SbplRegex.cpp lib/Sim/SbplRegex.cpp
  "position != length)" "position > length)")
# The broker does what no rule allows.
srt_planted(permit BrokerCalls.cpp runtime/broker/Permit.cpp
  "needed & ~outcome.permitted()" "outcome.allowed & 0" srt_world)
# The broker forgets whom a connection is really for.
srt_planted(place BrokerCalls.cpp runtime/broker/Peers.cpp
  "if (ruling.permits())" "if (place.port == 443)" srt_world)
# The stub asks for every name.
srt_planted(names DnsStub.cpp runtime/broker/Questions.cpp
  "if (isResolvable(broker.view(), name, ruling))" "if (name.size != 0)" srt_world)
