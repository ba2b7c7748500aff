#include "config/describe_hooks.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "config/codec.hpp"
#include "config/network_codec.hpp"
#include "dataset/catalog.hpp"

namespace nbasync {
namespace {

constexpr std::size_t kLongestUnit = 255;  // systemd's

[[noreturn]] void refuse_hook(const std::string& why) { throw Error(Errc::kInvalidArgument, why); }

// What makes a hook fire.
Codec<std::string> occasion() {
  std::vector<std::pair<std::string_view, std::string>> words;
  for (const auto* dataset : catalog()) words.emplace_back(dataset->name, dataset->name);
  words.emplace_back(HookOptions::kCorrections, HookOptions::kCorrections);
  return word<std::string>(std::move(words));
}

Codec<std::string> unit_name() {
  return {[](const YamlNode& node) {
            auto name = one_line(node, "a unit's name");
            const auto begin = HookOptions::kUnitBegin;
            const auto end = HookOptions::kUnitEnd;
            const auto free = std::string_view(name).substr(std::min(begin.size(), name.size()));
            const bool fits = name.starts_with(begin) && free.ends_with(end) &&
                              free.size() > end.size() && name.size() <= kLongestUnit &&
                              free.find_first_not_of(kLettersOfNames) == free.npos;
            if (!fits) {
              refuse_hook(
                  format("'{}' may not be started; the daemon may start {}NAME{} only, "
                         "NAME of letters, digits and any of _.-",
                         excerpt(name), begin, end));
            }
            return name;
          },
          [](const std::string& name) { return name; }};
}

void check(const std::vector<HookOptions>& hooks) {
  const auto& hook = hooks.back();
  const auto other = [&](auto is_the_same) {
    return std::any_of(hooks.begin(), hooks.end() - 1, is_the_same);
  };
  if (hook.name.empty()) refuse_hook("it needs a name");
  if (other([&](const HookOptions& each) { return each.name == hook.name; })) {
    refuse_hook(format("there is another hook '{}'", hook.name));
  }
  if (hook.url.has_value() == hook.unit.has_value()) refuse_hook("it needs one of url and unit");
  if (hook.unit && other([&](const HookOptions& each) { return each.unit == hook.unit; })) {
    refuse_hook(format("another hook starts {}", *hook.unit));
  }
  if (hook.unit && hook.token_file) refuse_hook("a token_file is only for url");
}

Key hook(std::vector<HookOptions>& hooks, HookOptions& hook) {
  using std::chrono::minutes;
  using std::chrono::seconds;
  Key key =
      section("hook", {value("name", hook.name, plain_name()), list("on", hook.on, occasion()),
                       value("url", hook.url, optional(receiver_url())),
                       value("token_file", hook.token_file, optional(file_path())),
                       value("unit", hook.unit, optional(unit_name())),
                       value("timeout", hook.timeout, duration(seconds{1}, minutes{5})),
                       value("retries", hook.retries, integer(1, 20))});
  key.check = [&hooks] { check(hooks); };
  return key;
}

}  // namespace

Key hooks(std::vector<HookOptions>& hooks) {
  Key key;
  key.name = "hooks";
  key.clear = [&hooks] { hooks.clear(); };
  key.add = [&hooks] { return hook(hooks, hooks.emplace_back()); };
  key.items = [&hooks] {
    std::vector<Key> items;
    items.reserve(hooks.size());
    for (auto& each : hooks) items.push_back(hook(hooks, each));
    return items;
  };
  return key;
}

}  // namespace nbasync
