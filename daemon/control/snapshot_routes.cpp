#include <stop_token>
#include <string>

#include "base/format.hpp"
#include "base/scratch_file.hpp"
#include "control/download.hpp"
#include "control/handlers.hpp"
#include "control/media.hpp"
#include "control/problem.hpp"
#include "schedule/zone.hpp"

namespace nbasync::handle {

void get_snapshot(Api& api, const Call& call) {
  if (!api.doors.snapshot) return call.answer(no_scheduler());
  answer_with(api, call,
              {[write = api.doors.snapshot](Connection& connection, const std::stop_token& stop) {
                 const ScratchDirectory directory;
                 const auto path = directory.path() + "/snapshot.db";
                 write(connection, path, stop);
                 return open_file(path);
               },
               media::kSqlite, format("nba_data-{}.db", league_day(api.clock.wall()))});
}

}  // namespace nbasync::handle
