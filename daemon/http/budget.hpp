#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace nbasync {

// How much of one thing the peers of a listener have at the same time: so much all together, and so
// much each, so that a flood of one locks out no other. Loop thread.
class Budget {
 public:
  struct Limits {
    std::size_t all;
    std::size_t each;
  };

  // What a peer has of it, given back at the latest with its end. The budget must outlive it.
  class Share {
   public:
    Share(Budget& budget, std::string peer) : budget_(budget), peer_(std::move(peer)) {}
    ~Share() { give_back(); }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

    // So much more; false, and nothing is taken, if that is more than there is.
    bool take(std::size_t amount);
    void give_back();
    const std::string& peer() const { return peer_; }

   private:
    Budget& budget_;
    std::string peer_;
    std::size_t amount_ = 0;
  };

  explicit Budget(Limits limits) : limits_(limits) {}
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  std::size_t used() const { return used_; }
  bool has_room(const std::string& peer, std::size_t amount = 1) const;

 private:
  Limits limits_;
  std::size_t used_ = 0;
  std::map<std::string, std::size_t> used_by_;
};

}  // namespace nbasync
