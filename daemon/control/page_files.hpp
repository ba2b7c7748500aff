#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace nbasync {

// A file of the page (control/page/), built into the program.
struct PageFile {
  std::string_view name;          // "app.js"
  std::string_view content_type;  // "text/javascript; charset=utf-8"
  std::string_view etag;          // strong, with its quotes
  std::string_view gzipped;       // its content
};

// All of them; the build makes this list (embed.cmake). Lives as long as the process.
std::span<const PageFile> page_files();

}  // namespace nbasync
