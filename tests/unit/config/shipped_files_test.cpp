#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "config/describe.hpp"
#include "config_files.hpp"
#include "dataset/catalog.hpp"

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

TEST(ShippedFilesTest, TheShippedConfigurationChangesNothing) {
  EXPECT_EQ(load(kFolder / "nbasyncd.yaml"), Config{});
}

TEST(ShippedFilesTest, TheShippedConfigurationShowsEveryKeyWithItsDefault) {
  std::ifstream file(kFolder / "nbasyncd.yaml");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  // A key is commented out without a space, a sentence with one.
  const std::regex commented_out(R"(\n( *)#(\w))");
  const testing::ConfigFolder folder;
  folder.write("nbasyncd.yaml", std::regex_replace(text, commented_out, "\n$1$2"));
  const auto [config, origins] = folder.load();
  EXPECT_EQ(config, Config{});
  Config all;
  EXPECT_EQ(origins.size(), count_values(describe(all)));
}

TEST(ShippedFilesTest, TheDemoNeedsNeitherNetworkNorBusNorRoot) {
  const Config config = load(kFolder / "demo.yaml");
  const auto demo = kFolder.parent_path() / "build/demo";
  EXPECT_EQ(config.season, "2025-26");
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
