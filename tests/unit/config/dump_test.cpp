#include "config/dump.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config_files.hpp"

namespace nbasync {
namespace {

using testing::ConfigFolder;
using ::testing::HasSubstr;
using testing::load_text;
using ::testing::Not;

TEST(DumpConfigTest, TheDefaultsReadBackAsTheyAre) {
  EXPECT_EQ(load_text(dump_config(Config{}, {})), Config{});
}

TEST(DumpConfigTest, WhatWasSetReadsBackAsItIs) {
  const Config config = load_text(R"(
season: 2024-25
database: {path: "/a b/c: d #e.db", busy_timeout: 1s500ms, synchronous: normal}
upstream:
  user_agent: "null"
  headers: {Accept: null, X-Odd: "- {a: 'b'} # \"c\"", X-Number: "1", X-Wide: "é 🏀"}
  proxy: http://localhost:3128
sync: {defaults: {schedule: {wait: false}}}
control: {http: {listen: "127.0.0.1:80", token_file: "/true"}}
log: {format: journal}
)");
  EXPECT_EQ(load_text(dump_config(config, {})), config) << dump_config(config, {});
}

TEST(DumpConfigTest, EachValueSaysWhereItComesFrom) {
  const ConfigFolder folder;
  const auto file = folder.write("nbasyncd.yaml",
                                 "season: auto\nupstream:\n  retries: 5\n"
                                 "  headers: {referer: https://a/}\n");
  const auto [config, origins, ignored] = folder.load();
  const auto dump = dump_config(config, origins);
  EXPECT_THAT(dump, HasSubstr("season: auto  # " + file.string() + ":1\n"));
  EXPECT_THAT(dump, HasSubstr("  retries: 5  # " + file.string() + ":3\n"));
  EXPECT_THAT(dump, HasSubstr("    Referer: https://a/  # " + file.string() + ":4\n"));
  EXPECT_THAT(dump, HasSubstr("  proxy: ~  # default\n"));
  EXPECT_THAT(dump, HasSubstr("  busy_timeout: 30s  # default\n"));
}

TEST(DumpConfigTest, CredentialsOfAProxyAreMasked) {
  const Config config = load_text("upstream: {proxy: 'http://me:se@cret@host:3128'}\n");
  EXPECT_EQ(config.upstream.proxy, "http://me:se@cret@host:3128");
  const auto dump = dump_config(config, {});
  EXPECT_THAT(dump, HasSubstr("http://***@host:3128"));
  EXPECT_THAT(dump, Not(HasSubstr("cret")));
}

TEST(DumpConfigTest, HeadersWithSecretsAreMasked) {
  const Config config = load_text(
      "upstream: {headers: {authorization: Bearer secret, Cookie: a=secret, X-Plain: shown}}\n");
  const auto dump = dump_config(config, {});
  EXPECT_THAT(dump, Not(HasSubstr("secret")));
  EXPECT_THAT(dump, HasSubstr("shown"));
}

}  // namespace
}  // namespace nbasync
