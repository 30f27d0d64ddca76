# nutgraf_target_defaults(<target>): what every target of this project is compiled with. No -march
# and no other flag that changes what the code computes.
function(nutgraf_target_defaults target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  set_target_properties(${target} PROPERTIES
    CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion)
  if(NUTGRAF_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()
