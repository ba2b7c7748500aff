#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "dbus/sdbus.hpp"
#include "model/trust.hpp"

namespace nbasync {

// What a caller may or may not do; each is an action of polkit.
enum class Action { kSync, kCancel, kManage };

// Decides whether a caller on the bus may change something: asks the bus who it is and, unless it
// is root or the daemon's own user, polkit whether it may. Where polkit is not there, members of
// the trusted group may. It never waits for an answer. Loop thread, but for its making.
class Authorizer {
 public:
  struct Limits {
    Duration bus{5'000};
    Duration polkit{10'000};
    Duration password{120'000};       // where a person may be asked
    std::size_t checks_of_user = 32;  // under way at once
  };
  // nullopt: the caller may.
  using Answer = std::function<void(const std::optional<Error>& refusal)>;

  // Both must outlive this; `trust` may change. Without `ask_polkit` it is as if polkit were not
  // there.
  Authorizer(sdbus::IConnection& connection, const Trust& trust, bool ask_polkit, Limits limits);
  Authorizer(sdbus::IConnection& connection, const Trust& trust, bool ask_polkit)
      : Authorizer(connection, trust, ask_polkit, Limits()) {}

  // `caller` is its unique name. `interactive`: a person may be asked for a password. `answer` is
  // called once, never inside the call. Throws sdbus::Error when the bus is lost, Error once this
  // is closed.
  void check(const std::string& caller, Action action, bool interactive, Answer answer);

  // Answers all that is under way with this refusal, and all that comes later.
  void close(const Error& refusal);

 private:
  struct Check {
    std::string caller;
    Action action;
    bool interactive;
    Answer answer;
    std::optional<uid_t> uid;  // once the bus has told
    bool may_as_member = false;
  };
  // Runs what an answer from the bus brings, unless the check is over.
  template <typename Function>
  void step(std::uint64_t id, Function function);
  void identified(std::uint64_t id, const std::map<std::string, sdbus::Variant>& credentials);
  void ask_polkit(std::uint64_t id);
  void decided(std::uint64_t id, bool authorized, bool challenge);
  void undecided(std::uint64_t id, const sdbus::Error& error);
  void make_sure_of_caller(std::uint64_t id);
  void decide_by_group(std::uint64_t id);
  void refuse(std::uint64_t id, const std::string& why);
  void end(std::uint64_t id, const std::optional<Error>& refusal);

  const Trust& trust_;
  const bool ask_polkit_;
  const Limits limits_;
  std::unique_ptr<sdbus::IProxy> bus_;
  std::unique_ptr<sdbus::IProxy> polkit_;
  std::uint64_t last_id_ = 0;
  std::map<std::uint64_t, Check> checks_;  // under way
  std::optional<Error> closed_;
};

}  // namespace nbasync
