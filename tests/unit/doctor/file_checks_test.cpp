#include "doctor/file_checks.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "db/lock_file.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class FileChecksTest : public ::testing::Test {
 protected:
  FileChecksTest() {
    std::ofstream(path_) << "rows";
    set_mode(path_, 0640);
    set_mode(folder(), 0750);
  }
  std::string folder() const { return directory_.path(); }
  static void set_mode(const std::string& path, unsigned mode) {
    fs::permissions(path, fs::perms{mode});
  }
  CheckAnswer answer_of(const std::string& word) const {
    const auto answers = check_files(path_);
    return *std::ranges::find(answers, word, &CheckAnswer::check);
  }

  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "nba_data.db";
};

TEST_F(FileChecksTest, FilesOfOneUserAreWell) {
  for (const auto& answer : check_files(path_)) {
    EXPECT_NE(answer.status, CheckStatus::kFinding) << answer.check << ' ' << answer.text;
  }
  EXPECT_THAT(answer_of("database-file").text, HasSubstr(", 0640)"));
  EXPECT_THAT(answer_of("disk-space").text, HasSubstr(" MB are free in "));
}

TEST_F(FileChecksTest, FileThatEverybodyMayWrite) {
  set_mode(path_, 0666);
  const auto answer = answer_of("database-file");
  EXPECT_EQ(answer.status, CheckStatus::kFinding);
  EXPECT_THAT(answer.text, HasSubstr("everybody may write"));
  EXPECT_EQ(answer.hint, "chmod 640 " + path_);
}

TEST_F(FileChecksTest, FolderThatEverybodyMayWrite) {
  set_mode(folder(), 0777);
  EXPECT_EQ(answer_of("database-folder").status, CheckStatus::kFinding);
  set_mode(folder(), 01777);
  EXPECT_EQ(answer_of("database-folder").status, CheckStatus::kOk) << "each his own, as in /tmp";
}

TEST_F(FileChecksTest, FileWithASecondName) {
  fs::create_hard_link(path_, path_ + ".2");
  EXPECT_THAT(answer_of("database-file").text, HasSubstr("has 2 names"));
}

TEST_F(FileChecksTest, DatabaseThatIsNotThere) {
  fs::remove(path_);
  EXPECT_EQ(answer_of("database-file").status, CheckStatus::kFinding);
  EXPECT_FALSE(fs::exists(path_)) << "it makes nothing";
  EXPECT_FALSE(fs::exists(path_ + ".lock"));
}

TEST_F(FileChecksTest, LockIsHeldOrFree) {
  EXPECT_EQ(answer_of("lock-file").status, CheckStatus::kUnchecked) << "it is not there";
  LockFile lock(path_);
  EXPECT_THAT(answer_of("lock-file").text, HasSubstr("nobody has it"));
  ASSERT_TRUE(lock.try_lock("daemon", {}));
  EXPECT_THAT(answer_of("lock-file").text, HasSubstr("a daemon, or a --once, has it"));
  LockFile other(path_);
  EXPECT_FALSE(other.try_lock("once", {})) << "looking at it has not freed it";
}

}  // namespace
}  // namespace nbasync
