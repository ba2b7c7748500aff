#include "cluster/announcer.hpp"

#include <utility>

#include "cluster/instances.hpp"
#include "cluster/look.hpp"

namespace nbasync {
namespace {

constexpr Duration kBetweenWords{5'000};  // that this one is there

}  // namespace

Announcer::Announcer(ReadPool& desk, const Clock& clock, protocol::InstanceState self)
    : desk_(desk), clock_(clock), self_(std::move(self)) {}

void Announcer::hold(std::int64_t epoch, std::function<std::string()> word) {
  epoch_ = epoch;
  word_ = std::move(word);
  word_told_.clear();
}

void Announcer::release() { word_ = nullptr; }

void Announcer::tell() {
  auto now_self = self_;
  if (word_) now_self.role = kHolder;
  const auto now = clock_.steady();
  std::optional<protocol::InstanceState> self;
  if (now_self.role != role_told_ || !told_of_self_ || now - *told_of_self_ >= kBetweenWords) {
    told_of_self_ = now;
    role_told_ = now_self.role;
    self = std::move(now_self);
  }
  std::optional<std::string> word;
  if (word_) {
    word = word_();
    if (std::exchange(word_told_, *word) == *word) word.reset();
  }
  if (!self && !word) return;
  desk_.ask(
      [self, word, epoch = epoch_](Connection& connection, const std::stop_token& stop) {
        auto other = self ? instances::claim(connection, *self, stop) : std::nullopt;
        if (word) connection.write([&] { tell_status(connection, epoch, *word, stop); }, stop);
        return other;
      },
      [this](const Result<std::optional<std::string>>& result) {
        if (error_of(result) != nullptr) return word_told_.clear();
        const auto& other = std::get<std::optional<std::string>>(result);
        if (other) name_lost_(*other);
      });
}

}  // namespace nbasync
