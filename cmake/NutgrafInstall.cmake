# What `cmake --install` puts where. Everything that is installed finds the rest by relative paths,
# so that the folder may be moved.

include(CMakePackageConfigHelpers)

set(NUTGRAF_INSTALL_CMAKEDIR "${CMAKE_INSTALL_LIBDIR}/cmake/nutgraf" CACHE STRING
    "Where the CMake package goes, relative to the prefix")

install(TARGETS nutgraf nutgraf_english
  EXPORT nutgrafTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/nutgraf
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h")

# CMake package.
install(EXPORT nutgrafTargets
  NAMESPACE nutgraf::
  DESTINATION ${NUTGRAF_INSTALL_CMAKEDIR})
configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/cmake/nutgrafConfig.cmake.in
  ${PROJECT_BINARY_DIR}/nutgrafConfig.cmake
  INSTALL_DESTINATION ${NUTGRAF_INSTALL_CMAKEDIR})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/nutgrafConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/nutgrafConfig.cmake
  ${PROJECT_BINARY_DIR}/nutgrafConfigVersion.cmake
  ${PROJECT_SOURCE_DIR}/cmake/FindRE2.cmake
  DESTINATION ${NUTGRAF_INSTALL_CMAKEDIR})

# pkg-config. ${pcfiledir} is where the .pc file is found at the time of use; from there the prefix
# is some levels up. An absolute folder, which some distributions ask for, stays absolute.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  set(NUTGRAF_PC_PREFIX "${CMAKE_INSTALL_PREFIX}")
  set(NUTGRAF_PC_LIBDIR "${CMAKE_INSTALL_LIBDIR}")
else()
  file(RELATIVE_PATH _nutgraf_up "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
  string(REGEX REPLACE "/$" "" _nutgraf_up "${_nutgraf_up}")
  set(NUTGRAF_PC_PREFIX "\${pcfiledir}/${_nutgraf_up}")
  set(NUTGRAF_PC_LIBDIR "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
endif()
if(IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
  set(NUTGRAF_PC_INCLUDEDIR "${CMAKE_INSTALL_INCLUDEDIR}")
else()
  set(NUTGRAF_PC_INCLUDEDIR "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
configure_file(
  ${PROJECT_SOURCE_DIR}/cmake/nutgraf.pc.in
  ${PROJECT_BINARY_DIR}/nutgraf.pc
  @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/nutgraf.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/NOTICE
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
