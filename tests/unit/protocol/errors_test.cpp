#include "protocol/errors.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace nbasync::protocol {
namespace {

TEST(ErrorsTest, EveryCodeHasARowOfItsOwn) {
  std::set<std::string_view> words;
  for (int code = 0; code <= static_cast<int>(Errc::kInterrupted); ++code) {
    const auto& row = names_of(static_cast<Errc>(code));
    EXPECT_EQ(row.code, static_cast<Errc>(code));
    EXPECT_TRUE(words.insert(row.word).second) << row.word;
    EXPECT_EQ(&names_of_word(row.word), &row);
    EXPECT_GE(row.http, 400);
    EXPECT_NE(row.exit, kExitDone);
  }
}

TEST(ErrorsTest, NamesOfTheContractAreAsWritten) {
  EXPECT_EQ(names_of(Errc::kSyncInProgress).dbus, "org.nbasync.Sync1.Error.SyncInProgress");
  EXPECT_EQ(names_of(Errc::kSyncInProgress).exit, 4);
  EXPECT_EQ(names_of(Errc::kLockTimeout).exit, 3);
  EXPECT_EQ(names_of(Errc::kQueueFull).http, 503);
  EXPECT_EQ(names_of(Errc::kUnknownRun).exit, 5);
  EXPECT_EQ(names_of(Errc::kDaemonUnreachable).exit, 6);
  EXPECT_EQ(names_of(Errc::kAccessDenied).exit, 7);
  EXPECT_EQ(names_of(Errc::kCancelled).exit, 8);
  EXPECT_EQ(names_of(Errc::kBadConfiguration).exit, 78);
  EXPECT_EQ(names_of_dbus("org.freedesktop.DBus.Error.InvalidArgs").exit, 2);
}

TEST(ErrorsTest, UnknownNamesAreInternalErrors) {
  EXPECT_EQ(names_of_dbus("org.example.Error").code, Errc::kInternal);
  EXPECT_EQ(names_of_word("").code, Errc::kInternal);
}

}  // namespace
}  // namespace nbasync::protocol
