#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "config/describe.hpp"
#include "config_files.hpp"
#include "dataset/catalog.hpp"
#include "support/file_text.hpp"

namespace nbasync {
namespace {

const std::filesystem::path kFolder = NBASYNC_CONFIG_FOLDER;

Config load(const std::filesystem::path& file) {
  return load_config({.main = file, .must_exist = true, .drop_ins = ""}).config;
}

std::size_t count_values(const std::vector<Key>& keys) {
  std::size_t count = 0;
  for (const auto& key : keys) count += key.is_section() ? count_values(key.keys) : 1;
  return count;
}

Config without_schedules(Config config) {
  config.schedules.clear();
  return config;
}

TEST(ShippedFilesTest, TheShippedConfigurationChangesNothingButTheSchedules) {
  const auto config = load(kFolder / "nbasyncd.yaml");
  EXPECT_EQ(without_schedules(config), Config{});
  std::vector<std::string> schedules;
  for (const auto& spec : config.schedules) {
    schedules.push_back(spec.name + ": " + spec.sync_type + " " + describe(spec));
  }
  EXPECT_EQ(schedules,
            (std::vector<std::string>{"nightly: full cron '0 6 * * *' in America/New_York",
                                      "live: todays_games live every 30s, from 10m before tip-off",
                                      "hourly: todays_games every 1h"}));
}

TEST(ShippedFilesTest, TheShippedConfigurationShowsEveryKeyWithItsDefault) {
  const std::string text = testing::file_text(kFolder / "nbasyncd.yaml");
  // A key is commented out without a space, a sentence with one.
  const std::regex commented_out(R"(\n( *)#(\w))");
  const testing::ConfigFolder folder;
  folder.write("nbasyncd.yaml", std::regex_replace(text, commented_out, "\n$1$2"));
  const auto [config, origins, ignored] = folder.load();
  EXPECT_EQ(without_schedules(config), Config{});
  Config all;
  const auto of_schedules = std::count_if(origins.begin(), origins.end(), [](const auto& item) {
    return item.first.starts_with("schedules[");
  });
  EXPECT_EQ(origins.size() - static_cast<std::size_t>(of_schedules), count_values(describe(all)));
}

TEST(ShippedFilesTest, TheDemoNeedsNeitherNetworkNorBusNorRoot) {
  const Config config = load(kFolder / "demo.yaml");
  const auto demo = kFolder.parent_path() / "build/demo";
  EXPECT_EQ(config.sync.season, "2025-26");
  EXPECT_EQ(config.database.path, demo / "nba_data.db");
  EXPECT_EQ(config.upstream.stats_url, "file://" + (demo / "season").string());
  EXPECT_EQ(config.upstream.cdn_url, config.upstream.stats_url);
  EXPECT_EQ(config.control.socket, demo / "nbasync.sock");
  EXPECT_EQ(config.dbus.bus, DBusConfig::Bus::kNone);
}

TEST(ShippedFilesTest, TheDefaultsSpeakOfEveryDataset) {
  std::set<std::string, std::less<>> datasets;
  for (const auto* dataset : catalog()) datasets.emplace(dataset->name);
  std::set<std::string, std::less<>> aged;
  std::set<std::string, std::less<>> locked;
  const Config config;
  for (const auto& [name, age] : config.sync.freshness) aged.insert(name);
  for (const auto& [name, lock] : config.sync.defaults) locked.insert(name);
  EXPECT_EQ(aged, datasets);
  datasets.emplace("full");
  EXPECT_EQ(locked, datasets);
}

}  // namespace
}  // namespace nbasync
