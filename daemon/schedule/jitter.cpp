#include "schedule/jitter.hpp"

#include <chrono>
#include <cstdint>

namespace nbasync {
namespace {

void add_byte(std::uint64_t& hash, std::uint64_t byte) { hash = (hash ^ byte) * 0x100000001b3; }

std::uint64_t stir(std::uint64_t hash) {
  hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9;
  hash = (hash ^ hash >> 27) * 0x94d049bb133111eb;
  return hash ^ hash >> 31;
}

}  // namespace

Duration jitter(std::string_view schedule_name, SystemTime nominal, Duration bound) {
  if (bound <= Duration::zero()) return Duration::zero();
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : schedule_name) add_byte(hash, static_cast<unsigned char>(c));
  const auto millis = std::chrono::floor<Duration>(nominal).time_since_epoch().count();
  for (unsigned shift = 0; shift < 64; shift += 8) {
    add_byte(hash, static_cast<std::uint64_t>(millis) >> shift & 0xff);
  }
  const auto choices = static_cast<std::uint64_t>(bound.count()) + 1;
  return Duration(static_cast<Duration::rep>(stir(hash) % choices));
}

}  // namespace nbasync
