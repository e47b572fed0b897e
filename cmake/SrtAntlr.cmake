# cmake/SrtAntlr.cmake: the generated lexer and parser as a library of their own.
# SPDX-License-Identifier: Apache-2.0
find_program(SRT_ANTLR antlr4 REQUIRED)
find_path(SRT_ANTLR_INCLUDE antlr4-runtime.h
  PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(SRT_ANTLR_LIBRARY NAMES libantlr4-runtime.a antlr4-runtime REQUIRED)

set(out ${CMAKE_BINARY_DIR}/grammar)
set(generated ${out}/SrtLexer.cpp ${out}/SrtParser.cpp)
# Run inside grammar/: the generated files quote the path they were given.
add_custom_command(
  OUTPUT ${generated} ${out}/SrtLexer.h ${out}/SrtParser.h
  COMMAND ${CMAKE_COMMAND} -E make_directory ${out}
  COMMAND ${SRT_ANTLR} -Dlanguage=Cpp -no-listener -no-visitor
          -package srt::grammar -o ${out} Srt.g4
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}/grammar
  DEPENDS ${CMAKE_SOURCE_DIR}/grammar/Srt.g4
  COMMENT "Generating the parser from grammar/Srt.g4" VERBATIM)

# ANTLR 4.7's generator writes u8"" strings, which C++20 gives another type:
# this library stays at C++17 and with warnings off.
add_library(srt_grammar STATIC ${generated})
set_target_properties(srt_grammar PROPERTIES CXX_STANDARD 17)
target_include_directories(srt_grammar SYSTEM PUBLIC ${SRT_ANTLR_INCLUDE} ${out})
target_compile_options(srt_grammar PRIVATE -w)
target_link_libraries(srt_grammar PUBLIC ${SRT_ANTLR_LIBRARY})
