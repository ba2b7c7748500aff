#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>

#include "base/error.hpp"

namespace nbasync {

// Whether a file is whole. To find out takes as long as to read it, so a start does not wait for
// it; who writes does. Any thread.
class FileCheck {
 public:
  // Reads the file. Throws Damage for one that is not whole, and Error where it could not be read
  // now.
  using Read = std::function<void(const std::stop_token&)>;
  struct Damage : Error {
    explicit Damage(const Error& what) : Error(what) {}
  };

  // It is another file from now on. While none is in require().
  void renew(bool is_whole);

  // Returns when the file is whole. The first who comes reads it, the others wait for that. Throws
  // Error: it is damaged, each time, without reading it again; it could not be read now, and is
  // read again by the next; or kCancelled.
  void require(const Read& read, const std::stop_token& stop);

  // Whether it is known by now.
  bool is_whole() const;
  std::optional<Error> damage() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool reading_ = false;
  bool is_whole_ = false;
  std::optional<Error> damage_;
};

}  // namespace nbasync
