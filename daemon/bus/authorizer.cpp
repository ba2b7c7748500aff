#include "bus/authorizer.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "protocol/names.hpp"

namespace nbasync {
namespace {

using Credentials = std::map<std::string, sdbus::Variant>;
using Details = std::map<std::string, std::string>;
using Subject = sdbus::Struct<std::string, std::map<std::string, sdbus::Variant>>;
using Verdict = sdbus::Struct<bool, bool, Details>;

constexpr const char* kBus = "org.freedesktop.DBus";
constexpr const char* kPolkit = "org.freedesktop.PolicyKit1";
constexpr const char* kAuthority = "org.freedesktop.PolicyKit1.Authority";
constexpr std::uint32_t kAllowUserInteraction = 1;

const char* id_of(Action action) {
  switch (action) {
    case Action::kSync:
      return "org.nbasync.Sync1.sync";
    case Action::kCancel:
      return "org.nbasync.Sync1.cancel";
    case Action::kManage:
      break;
  }
  return "org.nbasync.Sync1.manage";
}

// The daemon has none, and none can be started: not that it is there and fails.
bool tells_absence(const sdbus::Error& error) {
  constexpr auto kNames = std::to_array<std::string_view>({
      "org.freedesktop.DBus.Error.ServiceUnknown",
      "org.freedesktop.DBus.Error.NameHasNoOwner",
      "org.freedesktop.systemd1.NoSuchUnit",
      "org.freedesktop.systemd1.UnitMasked",
  });
  return std::ranges::find(kNames, error.getName()) != kNames.end();
}

// Unique among the checks of this connection, which is all that polkit asks for.
std::string cancellation_id(std::uint64_t id) { return format("nbasync-{}", id); }

}  // namespace

Authorizer::Authorizer(sdbus::IConnection& connection, const Trust& trust, bool ask_polkit,
                       Limits limits)
    : trust_(trust),
      ask_polkit_(ask_polkit),
      limits_(limits),
      bus_(sdbus::createProxy(connection, dbus::ServiceName(kBus),
                              dbus::ObjectPath("/org/freedesktop/DBus"))),
      polkit_(sdbus::createProxy(connection, dbus::ServiceName(kPolkit),
                                 dbus::ObjectPath("/org/freedesktop/PolicyKit1/Authority"))) {}

void Authorizer::check(const std::string& caller, Action action, bool interactive, Answer answer) {
  if (closed_) throw Error(*closed_);
  const auto id = ++last_id_;
  bus_->callMethodAsync("GetConnectionCredentials")
      .onInterface(kBus)
      .withTimeout(limits_.bus)
      .withArguments(caller)
      .uponReplyInvoke([this, id](dbus::MaybeError error, const Credentials& credentials) {
        step(id, [&] {
          if (error) throw *error;
          identified(id, credentials);
        });
      });
  checks_.emplace(id, Check{caller, action, interactive, std::move(answer), std::nullopt, false});
}

template <typename Function>
void Authorizer::step(std::uint64_t id, Function function) {
  if (!checks_.contains(id)) return;  // answered already, by close()
  try {
    function();
  } catch (const sdbus::Error& error) {
    refuse(id, format("the bus does not tell who {} is: {}", checks_.at(id).caller,
                      error.getMessage()));
  }
}

void Authorizer::identified(std::uint64_t id, const Credentials& credentials) {
  auto& check = checks_.at(id);
  const auto user = credentials.find("UnixUserID");
  if (user == credentials.end()) {
    refuse(id, format("the bus does not tell who {} is", check.caller));
    return;
  }
  const uid_t uid = user->second.get<std::uint32_t>();
  if (trust_.is_owner(uid)) {
    end(id, std::nullopt);
    return;
  }
  const auto under_way = static_cast<std::size_t>(
      std::ranges::count_if(checks_, [&](const auto& each) { return each.second.uid == uid; }));
  check.uid = uid;
  if (const auto groups = credentials.find("UnixGroupIDs"); groups != credentials.end()) {
    check.may_as_member = trust_.allows(uid, groups->second.get<std::vector<std::uint32_t>>());
  }
  if (!ask_polkit_) {
    decide_by_group(id);
  } else if (under_way >= limits_.checks_of_user) {
    refuse(id, format("polkit is being asked about {} other calls of uid {}", under_way, uid));
  } else {
    ask_polkit(id);
  }
}

void Authorizer::ask_polkit(std::uint64_t id) {
  const auto& check = checks_.at(id);
  const Subject subject{"system-bus-name", {{"name", sdbus::Variant(check.caller)}}};
  polkit_->callMethodAsync("CheckAuthorization")
      .onInterface(kAuthority)
      .withTimeout(check.interactive ? limits_.password : limits_.polkit)
      .withArguments(subject, std::string(id_of(check.action)), Details{},
                     check.interactive ? kAllowUserInteraction : std::uint32_t{0},
                     cancellation_id(id))
      .uponReplyInvoke([this, id](dbus::MaybeError error, const Verdict& verdict) {
        step(id, [&] {
          if (error) {
            undecided(id, *error);
          } else {
            decided(id, std::get<0>(verdict), std::get<1>(verdict));
          }
        });
      });
}

void Authorizer::decided(std::uint64_t id, bool authorized, bool challenge) {
  if (authorized) {
    make_sure_of_caller(id);
    return;
  }
  const auto& check = checks_.at(id);
  if (!challenge) {
    refuse(id, format("polkit does not allow it to uid {} (action {})", *check.uid,
                      id_of(check.action)));
  } else if (check.interactive || check.action != Action::kSync) {
    refuse(id, format("polkit wants a password of uid {} for it, and could not ask (action {})",
                      *check.uid, id_of(check.action)));
  } else {
    refuse(id, format("polkit wants a password of uid {} for it (action {}); allow it to ask, "
                      "with the option interactive",
                      *check.uid, id_of(check.action)));
  }
}

void Authorizer::undecided(std::uint64_t id, const sdbus::Error& error) {
  if (tells_absence(error)) {
    decide_by_group(id);
    return;
  }
  // If it is late, it need not go on, nor ask anybody for a password. If it is gone, no harm.
  polkit_->callMethodAsync("CancelCheckAuthorization")
      .onInterface(kAuthority)
      .withTimeout(limits_.bus)
      .withArguments(cancellation_id(id))
      .uponReplyInvoke([](dbus::MaybeError) {});
  refuse(id, format("polkit gives no answer: {}", error.getMessage()));
}

// A caller that has left while somebody thought about its password has thought better of it.
void Authorizer::make_sure_of_caller(std::uint64_t id) {
  bus_->callMethodAsync("NameHasOwner")
      .onInterface(kBus)
      .withTimeout(limits_.bus)
      .withArguments(checks_.at(id).caller)
      .uponReplyInvoke([this, id](dbus::MaybeError error, bool is_there) {
        step(id, [&] {
          if (error) throw *error;
          if (is_there) {
            end(id, std::nullopt);
          } else {
            refuse(id, "the caller has left the bus");
          }
        });
      });
}

void Authorizer::decide_by_group(std::uint64_t id) {
  const auto& check = checks_.at(id);
  if (check.may_as_member) {
    end(id, std::nullopt);
  } else {
    refuse(id, format("uid {} may not: without polkit, only root and members of the group {} may",
                      *check.uid, protocol::kGroup));
  }
}

void Authorizer::refuse(std::uint64_t id, const std::string& why) {
  const auto& check = checks_.at(id);
  log::info("bus caller refused action={} caller={} reason={}", id_of(check.action), check.caller,
            in_quotes(why));
  end(id, Error(Errc::kAccessDenied, why));
}

void Authorizer::end(std::uint64_t id, const std::optional<Error>& refusal) {
  const auto node = checks_.extract(id);
  const auto& check = node.mapped();
  if (!refusal)
    log::debug("bus caller allowed action={} caller={}", id_of(check.action), check.caller);
  check.answer(refusal);
}

void Authorizer::close(const Error& refusal) {
  closed_ = refusal;
  for (auto& [id, check] : std::exchange(checks_, {})) check.answer(refusal);
}

}  // namespace nbasync
