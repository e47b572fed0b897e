# cmake/SrtManual.cmake: manual pages and completions, made by the programs.
# SPDX-License-Identifier: Apache-2.0
#
# Each program writes its own from the definitions that it parses with.
set(srt_documented srtc srt-dump srt-sim srt-opt srt-lsp srt)
set(srt_manuals ${CMAKE_BINARY_DIR}/manual)
file(MAKE_DIRECTORY ${srt_manuals})

# What each program's files of one form are called, as their readers want it.
set(srt_man_name "@name@.1")
set(srt_bash_name "@name@")
set(srt_zsh_name "_@name@")
set(srt_fish_name "@name@.fish")

set(srt_manual_files)
foreach(form man bash zsh fish)
  set(srt_${form}_files)
  file(MAKE_DIRECTORY ${srt_manuals}/${form})
  foreach(name IN LISTS srt_documented)
    # srt has no definitions itself: it is small.
    set(program ${name})
    if(name STREQUAL srt)
      set(program srt-more)
    endif()
    string(CONFIGURE "${srt_${form}_name}" file @ONLY)
    set(file ${srt_manuals}/${form}/${file})
    add_custom_command(OUTPUT ${file}
      COMMAND ${program} --generate ${form} > ${file}
      DEPENDS ${program} COMMENT "Writing ${form} of ${name}" VERBATIM)
    list(APPEND srt_${form}_files ${file})
  endforeach()
  list(APPEND srt_manual_files ${srt_${form}_files})
endforeach()
configure_file(packaging/man/srt-load.1.in ${srt_manuals}/man/srt-load.1 @ONLY)
configure_file(packaging/man/srt-load.1.in ${srt_manuals}/man/srt-broker.1 @ONLY)
add_custom_target(srt-manual ALL DEPENDS ${srt_manual_files})
