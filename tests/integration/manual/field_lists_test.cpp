#include <gtest/gtest.h>

#include <chrono>
#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "manual_files.hpp"
#include "model/check_answer.hpp"
#include "model/run_record.hpp"
#include "model/sync_wish.hpp"
#include "protocol/schedules.hpp"

// What the texts say of the fields of runs and of the options of a Sync is what the lists in model/
// and protocol/ have.

namespace nbasync::testing {
namespace {

constexpr const char* kInterface = "systemd/org.nbasync.Sync1.Manager.xml";

// The D-Bus type of a member, as bus/variant.hpp sends it.
template <typename T>
constexpr const char* kSignature = Fielded<T> ? "a{sv}" : "s";  // times and words, too
template <>
constexpr const char* kSignature<bool> = "b";
template <>
constexpr const char* kSignature<double> = "d";
template <>
constexpr const char* kSignature<Duration> = "d";
template <std::integral T>
constexpr const char* kSignature<T> = "x";
template <typename T>
constexpr const char* kSignature<std::optional<T>> = kSignature<T>;
template <>
constexpr const char* kSignature<std::vector<std::string>> = "as";
template <Fielded T>
constexpr const char* kSignature<std::vector<T>> = "aa{sv}";

template <typename Name, typename T>
std::string typed(const Name& name, const T&) {
  return std::string(name) + " " + kSignature<T>;
}

template <typename T>
Words fields_of() {
  Words fields;
  const T value{};
  visit_fields(value, [&](const Field& field, const auto& member) {
    fields.insert(typed(field.name, member));
  });
  return fields;
}

Words options_of(Door door, bool with_type) {
  Words options;
  const SyncWish wish;
  visit_options(wish, [&](const SyncOption& option, const auto& member) {
    if ((option.doors & door) == 0) return;
    options.insert(with_type ? typed(option.name, member) : std::string(option.name));
  });
  return options;
}

// "run_id s", "steps aa{sv}".
Words typed_words(const std::string& text) {
  return find_all(text, R"(([a-z_]+ (?:aa\{sv\}|as|[sbdx])(?![a-z])))");
}

TEST(InterfaceTest, TellsTheFieldsOfARun) {
  const auto list = between(read_source(kInterface), "A run, as a{sv}:", "What is not known");
  EXPECT_EQ(typed_words(list), fields_of<RunRecord>());
}

TEST(InterfaceTest, TellsTheFieldsOfAScheduleAndItsDecisions) {
  const auto list = between(read_source(kInterface), "<!-- One schedule:", "-->");
  auto expected = fields_of<protocol::Explanation>();
  expected.merge(fields_of<Decision>());
  EXPECT_EQ(typed_words(list), expected);
}

TEST(InterfaceTest, TellsTheFieldsOfACheck) {
  const auto list = between(read_source(kInterface), "checks: one a check,", "-->");
  EXPECT_EQ(typed_words(list), fields_of<CheckAnswer>());
}

TEST(InterfaceTest, TellsTheOptionsOfASync) {
  const auto list = between(read_source(kInterface), "options, all optional:\n", "disposition:");
  EXPECT_EQ(find_all(list, R"(\n? {8}([a-z_]+ [sbdx]) )"), options_of(kBusDoor, true));
}

TEST(ReadmeTest, TellsTheOptionsOfASync) {
  const auto readme = read_source("README.md");
  const auto client = between(readme, "| `sync TYPE` |", "\n");
  EXPECT_EQ(find_all(client, "(--[a-z-]+)"), options_of_help().at("sync"));
}

TEST(ClientsManualTest, HasTheOptionsOfASync) {
  auto expected = Words{"--no-wait"};
  for (auto name : options_of(kClientDoor, false)) {
    std::ranges::replace(name, '_', '-');
    expected.insert("--" + name);
  }
  EXPECT_EQ(options_of_help().at("sync"), expected);
}

}  // namespace
}  // namespace nbasync::testing
