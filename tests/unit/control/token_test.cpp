#include "control/token.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

#include "base/error.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync {
namespace {

class TokenTest : public ::testing::Test {
 protected:
  TokenTest() { clear(); }
  ~TokenTest() override { clear(); }

  static void clear() {
    ::unsetenv("CREDENTIALS_DIRECTORY");
    ::unsetenv("ADMIN_SYNC_SECRET");
  }
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    const auto path = directory_.path() / name;
    std::ofstream(path) << text;
    return path;
  }

  testing::TemporaryDirectory directory_;
};

TEST_F(TokenTest, CredentialGoesBeforeFileAndFileBeforeEnvironment) {
  EXPECT_EQ(read_token(std::nullopt), "");
  ::setenv("ADMIN_SYNC_SECRET", "from the environment", 1);
  EXPECT_EQ(read_token(std::nullopt), "from the environment");
  const auto file = write("file", "from the file\n");
  EXPECT_EQ(read_token(file), "from the file");
  write("token", "from systemd\r\n\n");
  ::setenv("CREDENTIALS_DIRECTORY", directory_.path().c_str(), 1);
  EXPECT_EQ(read_token(file), "from systemd");
}

TEST_F(TokenTest, EmptyCredentialIsNone) {
  write("token", "\n");
  ::setenv("CREDENTIALS_DIRECTORY", directory_.path().c_str(), 1);
  ::setenv("ADMIN_SYNC_SECRET", "x", 1);
  EXPECT_EQ(read_token(std::nullopt), "x");
}

TEST_F(TokenTest, ConfiguredFileMustHaveAToken) {
  EXPECT_THROW(read_token(directory_.path() / "missing"), Error);
  EXPECT_THROW(read_token(write("empty", " \n")), Error);
}

TEST_F(TokenTest, WhatEditorsPutAroundItIsNotPartOfIt) {
  EXPECT_EQ(read_token(write("mark", "\xef\xbb\xbfsecret\r\n")), "secret");
  EXPECT_EQ(read_token(write("blank", "\n\n  secret word \n\n")), "secret word");
}

TEST_F(TokenTest, MoreThanOneLineIsRefused) {
  const auto file = write("two", "one\ntwo\n");
  try {
    read_token(file);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kBadConfiguration);
    EXPECT_NE(std::string(error.what()).find(file.string()), std::string::npos) << error.what();
  }
  ::setenv("ADMIN_SYNC_SECRET", "one\ntwo", 1);
  EXPECT_THROW(read_token(std::nullopt), Error);
}

}  // namespace
}  // namespace nbasync
