#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <iterator>
#include <set>

#include "integration/daemon/doctor_fixture.hpp"
#include "support/file_text.hpp"
#include "support/predecessor_file.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// What doctor says of a database that is a file.
class DoctorFileTest : public DoctorFixture {};

TEST_F(DoctorFileTest, WithoutADaemonItOnlyReads) {
  sync();
  nothing_is_to_come();
  const auto files = [&] {
    std::set<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(directory_.path())) {
      const auto name = file.path().filename().string();
      if (!name.ends_with("-wal") && !name.ends_with("-shm")) names.insert(name);  // SQLite's
    }
    return names;
  };
  const auto bytes = [&] { return file_text(database_); };
  const auto names = files();
  const auto before = bytes();
  doctor();
  EXPECT_THAT(out_, Not(HasSubstr("finding      final"))) << out_;
  EXPECT_THAT(out_, HasSubstr("ok           final-lines 2025-26: 1225 finals have their lines\n"));
  EXPECT_THAT(out_, HasSubstr("lock-file: nobody has it"));
  EXPECT_EQ(files(), names);
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(run(kOverSocket, {"doctor"}), 6);
  EXPECT_THAT(err_, HasSubstr("nbasyncd --doctor looks without the daemon"));

  start_daemon();
  EXPECT_THAT(check_of(get(), "lock-file")["text"], HasSubstr("has it"));
  doctor();
  EXPECT_THAT(out_, HasSubstr("lock-file: a daemon, or a --once, has it"))
      << "no lock is in its way";
  EXPECT_THAT(out_, HasSubstr("ok           bus: somebody has the name"));
}

TEST_F(DoctorFileTest, WithoutADatabaseItSaysSo) {
  EXPECT_EQ(doctor(), 1) << out_;
  EXPECT_THAT(out_, HasSubstr("finding      database-file: "));
  EXPECT_THAT(out_, HasSubstr("not-checked  final-lines: the database could not be read"));
  EXPECT_FALSE(std::filesystem::exists(database_));
}

// Whatever a predecessor has left: it is named, and goes with the statement.
TEST_F(DoctorFileTest, LeftoversOfAPredecessorGoWithTheStatement) {
  const auto traits = predecessor_traits();
  make_predecessor_file(database_, {traits.begin(), traits.end()});
  doctor();
  EXPECT_THAT(out_, HasSubstr("not-checked  leftovers: ")) << "it lacks columns until the start";
  start_daemon();
  auto diagnosis = get();
  auto found = findings_of(diagnosis);
  EXPECT_TRUE(found.contains("leftovers"));
  EXPECT_TRUE(found.contains("open-runs"));
  EXPECT_THAT(check_of(diagnosis, "leftovers")["text"], HasSubstr("176 of team_game_logs"));
  for (const auto* check : {"leftovers", "open-runs"}) {
    SQLite::Database(database_.string(), SQLite::OPEN_READWRITE)
        .exec(check_of(diagnosis, check)["statement"].get<std::string>());
  }
  diagnosis = get();
  found = findings_of(diagnosis);
  EXPECT_FALSE(found.contains("leftovers")) << diagnosis.dump(1);
  EXPECT_FALSE(found.contains("open-runs")) << diagnosis.dump(1);
}

}  // namespace
}  // namespace nbasync::testing
