#include "base/uuid.hpp"

#include <cstdint>
#include <random>

#include "base/format.hpp"

namespace nbasync {

std::string make_uuid() {
  thread_local std::random_device device;  // to make one takes longer than to ask it
  const auto word = [&] { return (static_cast<std::uint64_t>(device()) << 32) | device(); };
  const std::uint64_t high = (word() & 0xFFFFFFFFFFFF0FFF) | 0x4000;
  const std::uint64_t low = (word() & 0x3FFFFFFFFFFFFFFF) | 0x8000000000000000;
  return format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, (high >> 16) & 0xFFFF,
                high & 0xFFFF, low >> 48, low & 0xFFFFFFFFFFFF);
}

}  // namespace nbasync
