#include "base/large_pages.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

namespace nbasync {
namespace {

// Whether the system was asked for large pages at this address ("hg" in proc(5), smaps).
bool is_asked_for(const void* block) {
  const auto address = reinterpret_cast<std::uintptr_t>(block);
  std::ifstream maps("/proc/self/smaps");
  bool is_here = false;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    char dash = 0;
    std::istringstream words(line);
    if (words >> std::hex >> begin >> dash >> end && dash == '-') {
      is_here = begin <= address && address < end;
    } else if (is_here && line.starts_with("VmFlags:")) {
      return line.find(" hg") != std::string::npos;
    }
  }
  return false;
}

TEST(LargePagesTest, AreForLargeBlocks) {
  if (!std::filesystem::exists("/sys/kernel/mm/transparent_hugepage")) {
    GTEST_SKIP() << "this system has none";
  }
  constexpr std::size_t kLarge = 8 << 20;
  const auto large = std::make_unique<std::byte[]>(kLarge);
  EXPECT_FALSE(is_asked_for(&large[kLarge / 2]));
  ask_for_large_pages(large.get(), kLarge);
  EXPECT_TRUE(is_asked_for(&large[kLarge / 2]));

  constexpr std::size_t kSmall = 64 << 10;
  const auto small = std::make_unique<std::byte[]>(kSmall);
  ask_for_large_pages(small.get(), kSmall);
  EXPECT_FALSE(is_asked_for(&small[kSmall / 2])) << "it shares its pages";
}

}  // namespace
}  // namespace nbasync
