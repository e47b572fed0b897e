# cmake/SrtInstall.cmake: what `cmake --install` puts where.
# SPDX-License-Identifier: Apache-2.0
#
# Two components: `runtime` is what applies bundles, static and without any
# dependency; `compiler` is all the rest. Everything is found from where the
# programs lie, so the whole may be moved.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# srt-load and srt-broker become each other by the name beside them.
install(PROGRAMS ${CMAKE_BINARY_DIR}/bin/srt-load ${CMAKE_BINARY_DIR}/bin/srt-broker
  DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)
install(TARGETS srt-resolve
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)

install(TARGETS srtc srt-opt srt-dump srt-sim srt-check-bundle srt srt-more srt-lsp
  srtd
  EXPORT srtTargets RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT compiler)
install(FILES ${CMAKE_BINARY_DIR}/bin/srt-sh
  DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT compiler)
# The library of policies, where srt and srtc look for it.
install(DIRECTORY std
  DESTINATION ${CMAKE_INSTALL_DATADIR}/srt COMPONENT compiler)

# srtd as a service of each user, from where it is installed.
install(CODE "set(SRT_PROGRAMS \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}\")
  configure_file(\"${CMAKE_SOURCE_DIR}/packaging/systemd/srtd.service.in\"
    \"${CMAKE_BINARY_DIR}/packaging/srtd.service\" @ONLY)" COMPONENT compiler)
install(FILES packaging/systemd/srtd.socket ${CMAKE_BINARY_DIR}/packaging/srtd.service
  DESTINATION lib/systemd/user COMPONENT compiler)

# The bundle reader, for C and C++.
install(TARGETS srt_bundle
  EXPORT srtTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT compiler)
install(FILES runtime/bundle/bundle.h runtime/bundle/check.h runtime/bundle/reasons.def
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/srt COMPONENT compiler)
file(RELATIVE_PATH SRT_PREFIX_FROM_PKGCONFIG
  /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
configure_file(packaging/pkgconfig/srt-bundle.pc.in packaging/srt-bundle.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/packaging/srt-bundle.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT compiler)

# find_package(srt).
set(srt_package ${CMAKE_INSTALL_LIBDIR}/cmake/srt)
install(EXPORT srtTargets NAMESPACE srt::
  DESTINATION ${srt_package} COMPONENT compiler)
configure_package_config_file(packaging/cmake/srtConfig.cmake.in
  packaging/srtConfig.cmake INSTALL_DESTINATION ${srt_package})
write_basic_package_version_file(packaging/srtConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/packaging/srtConfig.cmake
  ${CMAKE_BINARY_DIR}/packaging/srtConfigVersion.cmake
  packaging/cmake/SrtPolicy.cmake
  DESTINATION ${srt_package} COMPONENT compiler)

# Manual pages and completions, where their readers look for them.
install(FILES ${srt_man_files}
  DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT compiler)
install(FILES ${srt_manuals}/man/srt-load.1 ${srt_manuals}/man/srt-broker.1
  DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT runtime)
install(FILES ${srt_bash_files}
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT compiler)
install(FILES ${srt_zsh_files}
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT compiler)
install(FILES ${srt_fish_files}
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT compiler)
install(FILES packaging/debian/copyright
  DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/srtc COMPONENT compiler)
install(FILES packaging/debian/copyright
  DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/srt-runtime COMPONENT runtime)
