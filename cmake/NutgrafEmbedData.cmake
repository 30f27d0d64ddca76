# nutgraf_embed(<target> <symbol> <file>)
#
# Puts the bytes of <file> into <target> as read-only data, aligned to 64 bytes, between the hidden
# symbols <symbol> and <symbol>_end. In C++:
#
#   extern "C" const char <symbol>[];
#   extern "C" const char <symbol>_end[];
#   std::string_view image(<symbol>, static_cast<size_t>(<symbol>_end - <symbol>));
#
# <file> may be made by an add_custom_command() of the folder that made <target>; the object is
# rebuilt when the file changes.
set(NUTGRAF_EMBED_TEMPLATE "${CMAKE_CURRENT_LIST_DIR}/EmbeddedData.cc.in")

function(nutgraf_embed target symbol file)
  get_filename_component(NUTGRAF_EMBED_FILE "${file}" ABSOLUTE)
  set(NUTGRAF_EMBED_SYMBOL "${symbol}")
  set(source "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cc")
  configure_file("${NUTGRAF_EMBED_TEMPLATE}" "${source}" @ONLY)
  target_sources(${target} PRIVATE "${source}")
  set_source_files_properties("${source}" TARGET_DIRECTORY ${target}
    PROPERTIES OBJECT_DEPENDS "${NUTGRAF_EMBED_FILE}")
endfunction()

# nutgraf_compile_lexicon(<output> SOURCES <tsv>... [OPTIONS <option>...] [TITLES <tsv>] [COMMON_WORDS <file>] [LICENCE <file>])
#
# Compiles tab-separated tables to one gazetteer image with the host tool nutgraf-gazetteer. Rows of
# TITLES get the type TITLE.
function(nutgraf_compile_lexicon output)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TITLES;COMMON_WORDS;LICENCE" "SOURCES;OPTIONS")
  get_filename_component(directory "${output}" DIRECTORY)
  file(MAKE_DIRECTORY "${directory}")
  file(RELATIVE_PATH shown "${PROJECT_BINARY_DIR}" "${output}")
  set(options ${arg_OPTIONS})
  if(arg_COMMON_WORDS)
    list(APPEND options --common-words "${arg_COMMON_WORDS}")
  endif()
  if(arg_LICENCE)
    list(APPEND options --licence "${arg_LICENCE}")
  endif()
  set(titles)
  if(arg_TITLES)
    set(titles --type TITLE "${arg_TITLES}")
  endif()
  add_custom_command(
    OUTPUT "${output}"
    COMMAND nutgraf-gazetteer compile --quiet -o "${output}" ${options} ${arg_SOURCES} ${titles}
    DEPENDS nutgraf-gazetteer ${arg_SOURCES} ${arg_TITLES} ${arg_COMMON_WORDS} ${arg_LICENCE}
    COMMENT "Compiling ${shown}"
    VERBATIM)
endfunction()
