#include <chrono>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "control/handlers.hpp"
#include "control/problem.hpp"
#include "control/tagged_reply.hpp"
#include "db/read_pool.hpp"
#include "query/activity.hpp"
#include "query/answer.hpp"
#include "query/timeline.hpp"

namespace nbasync::handle {
namespace {

using Telling = std::string (*)(Connection&, SystemTime since, const std::stop_token&);

struct Told {
  std::string json;
  std::string etag;
};

// What there is of so many days before now.
void tell(Api& api, const Call& call, Telling telling, unsigned days) {
  const auto since = api.clock.wall() - std::chrono::days{days};
  const std::string known(call.request.header("if-none-match"));
  api.readers.ask(
      [telling, since](Connection& connection, const std::stop_token& stop) {
        auto json = telling(connection, since, stop);
        auto etag = etag_of(json);
        return Told{std::move(json), std::move(etag)};
      },
      [answer = call.answer, known](Result<Told> result) {
        respond(answer, [&] {
          auto told = value_of(std::move(result));
          return tagged_reply("application/json", std::move(told.json), told.etag, known);
        });
      });
}

}  // namespace

void get_timeline(Api& api, const Call& call, unsigned days) { tell(api, call, &timeline, days); }

void get_activity(Api& api, const Call& call, unsigned days) { tell(api, call, &activity, days); }

}  // namespace nbasync::handle
