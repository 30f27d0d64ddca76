# Finds RE2 and defines the target re2::re2.
#
# RE2's own CMake package comes first. Distributions that build RE2 otherwise do not ship it (Debian):
# there, pkg-config says where the library is. From 2023-06 on RE2 needs Abseil, which is taken from
# the absl:: targets that the project has, so that there is one Abseil only. This file is installed
# beside nutgrafConfig.cmake.
#
# Sets RE2_FOUND.

include(FindPackageHandleStandardArgs)

if(NOT TARGET re2::re2)
  # CONFIG: on a file system that ignores case, plain find_package(re2) would find this file.
  find_package(re2 CONFIG QUIET)
endif()

if(NOT TARGET re2::re2)
  # Where it is, and no more: asking for all flags takes pkgconf 1.8 many seconds with an RE2 that
  # needs Abseil, which has a .pc file for each of its libraries.
  find_package(PkgConfig QUIET)
  if(PKG_CONFIG_FOUND)
    pkg_get_variable(_nutgraf_re2_includedir re2 includedir)
    pkg_get_variable(_nutgraf_re2_libdir re2 libdir)
  endif()
  find_path(RE2_INCLUDE_DIR re2/re2.h HINTS ${_nutgraf_re2_includedir})
  find_library(RE2_LIBRARY re2 HINTS ${_nutgraf_re2_libdir})
  mark_as_advanced(RE2_INCLUDE_DIR RE2_LIBRARY)
  unset(_nutgraf_re2_includedir)
  unset(_nutgraf_re2_libdir)

  if(RE2_INCLUDE_DIR AND RE2_LIBRARY)
    find_package(Threads REQUIRED)
    set(_nutgraf_re2_needs Threads::Threads)
    file(STRINGS "${RE2_INCLUDE_DIR}/re2/re2.h" _nutgraf_re2_includes
      REGEX "^#include \"absl/" LIMIT_COUNT 1)
    if(_nutgraf_re2_includes)
      if(NOT TARGET absl::strings)
        find_package(absl REQUIRED)
      endif()
      # What RE2's own package links, of which not every Abseil has each.
      foreach(_nutgraf_name IN ITEMS
          absl_check absl_log base core_headers fixed_array flags flat_hash_map flat_hash_set hash
          inlined_vector optional span str_format strings synchronization)
        if(TARGET absl::${_nutgraf_name})
          list(APPEND _nutgraf_re2_needs absl::${_nutgraf_name})
        endif()
      endforeach()
    endif()
    add_library(re2::re2 UNKNOWN IMPORTED)
    set_target_properties(re2::re2 PROPERTIES
      IMPORTED_LOCATION "${RE2_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${RE2_INCLUDE_DIR}"
      INTERFACE_LINK_LIBRARIES "${_nutgraf_re2_needs}")
    unset(_nutgraf_re2_needs)
    unset(_nutgraf_re2_includes)
  endif()
endif()

if(TARGET re2::re2)
  set(RE2_TARGET re2::re2)
endif()
find_package_handle_standard_args(RE2 REQUIRED_VARS RE2_TARGET)
