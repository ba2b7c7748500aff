#include "http/listen_socket.hpp"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <fstream>

#include "base/error.hpp"
#include "http/peer.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync {
namespace {

namespace fs = std::filesystem;

class ListenSocketTest : public ::testing::Test {
 protected:
  UniqueFd connect() const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.string().copy(address.sun_path, sizeof address.sun_path - 1);
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM, 0));
    if (::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fd.reset();
    return fd;
  }
  std::string error() const {
    try {
      ListenSocket::at_path(path_);
    } catch (const Error& error) {
      return error.what();
    }
    return "(listens)";
  }

  testing::TemporaryDirectory directory_;
  fs::path path_ = directory_.path() / "s";
};

TEST_F(ListenSocketTest, SocketIsForOwnerAndGroupWhateverTheUmask) {
  const auto old = ::umask(0077);
  const auto socket = ListenSocket::at_path(path_);
  ::umask(old);
  struct stat there {};
  ASSERT_EQ(::stat(path_.c_str(), &there), 0);
  EXPECT_EQ(there.st_mode & 0777, 0660U);
  EXPECT_TRUE(connect());
}

TEST_F(ListenSocketTest, ModeIsWhatIsAskedFor) {
  const auto socket = ListenSocket::at_path(path_, 0666);
  struct stat there {};
  ASSERT_EQ(::stat(path_.c_str(), &there), 0);
  EXPECT_EQ(there.st_mode & 0777, 0666U);
  EXPECT_EQ(socket.path(), path_);
}

TEST_F(ListenSocketTest, FileGoesWithTheSocketButNotASuccessors) {
  { const auto socket = ListenSocket::at_path(path_); }
  EXPECT_FALSE(fs::exists(path_));
  {
    const auto socket = ListenSocket::at_path(path_);
    fs::remove(path_);
    std::ofstream(path_) << "another's";
  }
  EXPECT_TRUE(fs::exists(path_));
}

TEST_F(ListenSocketTest, WhatADeadProcessLeftIsReplaced) {
  {
    const auto socket = ListenSocket::at_path(path_);
    fs::rename(path_, directory_.path() / "kept");
  }
  fs::rename(directory_.path() / "kept", path_);
  ASSERT_FALSE(connect());
  const auto socket = ListenSocket::at_path(path_);
  EXPECT_TRUE(connect());
}

TEST_F(ListenSocketTest, SocketSomebodyListensAtIsLeftAlone) {
  const auto first = ListenSocket::at_path(path_);
  EXPECT_THAT(error(), ::testing::HasSubstr("another process listens there"));
  EXPECT_TRUE(connect());
}

TEST_F(ListenSocketTest, FileThatIsNoSocketIsLeftAlone) {
  std::ofstream(path_) << "precious";
  EXPECT_THAT(error(), ::testing::HasSubstr("no socket"));
  EXPECT_TRUE(fs::exists(path_));
}

TEST_F(ListenSocketTest, PathThatCannotBeIsExplained) {
  path_ = directory_.path() / "missing" / "s";
  EXPECT_THAT(error(), ::testing::HasSubstr("directory must exist"));
  path_ = directory_.path() / std::string(200, 'x');
  EXPECT_THAT(error(), ::testing::HasSubstr("too long"));
}

TEST_F(ListenSocketTest, KernelTellsWhoConnected) {
  const auto socket = ListenSocket::at_path(path_);
  const auto client = connect();
  const UniqueFd accepted(::accept(socket.fd(), nullptr, nullptr));
  const auto peer = peer_of(accepted.get());
  EXPECT_TRUE(peer.local);
  EXPECT_EQ(peer.uid, ::geteuid());
  EXPECT_EQ(peer.pid, ::getpid());
  EXPECT_THAT(peer.groups, ::testing::Contains(::getegid()));
}

TEST_F(ListenSocketTest, AddressIsListenedAt) {
  const auto socket = ListenSocket::at_address("127.0.0.1:0");
  EXPECT_GE(socket.fd(), 0);
  EXPECT_THROW(ListenSocket::at_address("nowhere.invalid:99999"), Error);
}

TEST_F(ListenSocketTest, NothingWasPassedToUs) {
  ::setenv("LISTEN_PID", "1", 1);
  ::setenv("LISTEN_FDS", "1", 1);
  EXPECT_TRUE(ListenSocket::passed().empty());
  EXPECT_EQ(::getenv("LISTEN_FDS"), nullptr);
}

}  // namespace
}  // namespace nbasync
