#pragma once

#include <cstddef>

namespace nbasync {

// For a block that is about to be written whole: if it is large, the system gives it large pages,
// where it has some and was not told to always do so. Any thread.
void ask_for_large_pages(void* block, std::size_t bytes) noexcept;

}  // namespace nbasync
