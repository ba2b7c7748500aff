#pragma once

#include <cstddef>
#include <vector>

namespace nbasync {

// For a block that is about to be written whole: if it is large, the system gives it large pages,
// where it has some and was not told to always do so. Any thread.
void ask_for_large_pages(void* block, std::size_t bytes) noexcept;

// Room for so many, in such pages.
template <typename T>
void reserve_large(std::vector<T>& list, std::size_t size) {
  list.reserve(size);
  ask_for_large_pages(list.data(), list.capacity() * sizeof(T));
}

}  // namespace nbasync
