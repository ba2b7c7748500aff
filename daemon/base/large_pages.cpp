#include "base/large_pages.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace nbasync {
namespace {

constexpr std::size_t kLarge = 2 << 20;  // bytes; smaller ones share a page with others

}  // namespace

void ask_for_large_pages(void* block, std::size_t bytes) noexcept {
  if (bytes < kLarge) return;
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto skipped = (page - reinterpret_cast<std::uintptr_t>(block) % page) % page;
  ::madvise(static_cast<std::byte*>(block) + skipped, (bytes - skipped) / page * page,
            MADV_HUGEPAGE);
}

}  // namespace nbasync
