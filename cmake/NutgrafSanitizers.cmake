# Sanitizers and fuzzing, for the whole project at once: mixing instrumented and plain objects of
# one library gives false reports.

set(_nutgraf_sanitizers "${NUTGRAF_SANITIZE}")
if(NUTGRAF_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "NUTGRAF_FUZZ needs Clang (libFuzzer); CMAKE_CXX_COMPILER is "
                        "${CMAKE_CXX_COMPILER_ID}. Use the preset 'fuzz'.")
  endif()
  # Coverage instrumentation everywhere; only the fuzz targets link libFuzzer's main().
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
  if(NOT _nutgraf_sanitizers)
    set(_nutgraf_sanitizers "address,undefined")
  endif()
endif()

if(_nutgraf_sanitizers)
  string(REPLACE ";" "," _nutgraf_sanitizers "${_nutgraf_sanitizers}")
  # Abseil's hash tables are larger under AddressSanitizer since 2023: with an installed Abseil, built
  # without it, the program and the library would disagree about them.
  if(_nutgraf_sanitizers MATCHES "address" AND absl_VERSION VERSION_GREATER 20220623)
    get_target_property(_nutgraf_imported absl::flat_hash_map IMPORTED)
    if(_nutgraf_imported)
      message(WARNING "The installed Abseil ${absl_VERSION} was built without AddressSanitizer and "
                      "cannot be used with it: building without AddressSanitizer. Add Abseil with "
                      "add_subdirectory() to build both with it.")
      string(REGEX REPLACE "(^address,?|,address)" "" _nutgraf_sanitizers "${_nutgraf_sanitizers}")
    endif()
    unset(_nutgraf_imported)
  endif()
endif()

if(_nutgraf_sanitizers)
  add_compile_options(
    -fsanitize=${_nutgraf_sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${_nutgraf_sanitizers})
endif()
unset(_nutgraf_sanitizers)
