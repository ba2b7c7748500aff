# cmake -DOUTPUT=FILE.cpp -DFILES=FILE,… -P embed.cmake: the files of the page as control/page_files.hpp has them. Each is
# gzipped here, as small as it gets, with no time in it: so the same sources make the same program.
set(types
    "html=text/html|css=text/css|js=text/javascript|svg=image/svg+xml")
string(REPLACE "|" ";" types "${types}")
string(REPLACE "," ";" FILES "${FILES}")

set(bytes "")
set(table "")
set(index 0)
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  string(REGEX REPLACE "^chart\\..*\\.js$" "chart.js" name ${name})
  execute_process(COMMAND gzip -9 -n -c ${file} OUTPUT_FILE ${OUTPUT}.gz COMMAND_ERROR_IS_FATAL ANY)
  file(READ ${OUTPUT}.gz content HEX)
  string(REGEX REPLACE "(..)" "0x\\1," content "${content}")
  file(SHA256 ${file} sum)
  string(SUBSTRING ${sum} 0 32 sum)
  string(REGEX REPLACE ".*\\." "" suffix ${name})
  set(type "")
  foreach(each IN LISTS types)
    if(each MATCHES "^${suffix}=(.*)")
      set(type "${CMAKE_MATCH_1}; charset=utf-8")
    endif()
  endforeach()
  if(NOT type)
    message(FATAL_ERROR "${file}: what type of content is .${suffix}? Add it to embed.cmake.")
  endif()
  string(APPEND bytes "constexpr unsigned char kFile${index}[] = {${content}};\n")
  string(APPEND table "    {\"${name}\", \"${type}\", \"\\\"${sum}\\\"\", view(kFile${index})},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(REMOVE ${OUTPUT}.gz)

file(WRITE ${OUTPUT} "// Made by control/embed.cmake. NOLINTBEGIN
#include \"control/page_files.hpp\"

namespace nbasync {
namespace {

${bytes}
template <std::size_t N>
std::string_view view(const unsigned char (&bytes)[N]) {
  return {reinterpret_cast<const char*>(bytes), N};
}

}  // namespace

std::span<const PageFile> page_files() {
  static const PageFile kFiles[] = {
${table}  };
  return kFiles;
}

}  // namespace nbasync
// NOLINTEND
")
