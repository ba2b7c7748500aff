#include "control/download.hpp"

#include <memory>
#include <utility>

#include "base/format.hpp"
#include "control/problem.hpp"
#include "db/read_pool.hpp"
#include "http/file_stream.hpp"

namespace nbasync {
namespace {

// Outlives the routes where the loop ends before the work.
struct Place {
  std::shared_ptr<Budget> budget;
  Budget::Share share;
};

HttpReply head_of(const Download& download) {
  return {200,
          download.content_type,
          {},
          {{"Content-Disposition", format("attachment; filename=\"{}\"", download.name)},
           {"Cache-Control", "no-store"}},
          nullptr};
}

}  // namespace

void answer_with(Api& api, const Call& call, Download download) {
  auto reply = head_of(download);
  if (call.request.method == "HEAD") return call.answer(std::move(reply));
  const std::shared_ptr<Place> place(
      new Place{api.downloads, {*api.downloads, account_of(call.request.peer)}});
  if (!place->share.take(1)) {
    return call.answer(
        problem(Errc::kQueueFull, format("as many files are being sent as there may be, {} to one "
                                         "peer, {} to all; ask later",
                                         kDownloads.each, kDownloads.all)));
  }
  api.readers.ask(
      [make = std::move(download.make)](Connection& connection, const std::stop_token& stop) {
        return make(connection, stop);
      },
      [&readers = api.readers, answer = call.answer, place,
       reply = std::move(reply)](Result<UniqueFd> file) mutable {
        respond(answer, [&] {
          reply.stream =
              std::make_shared<FileStream>(readers.executor(), value_of(std::move(file)), place);
          return std::move(reply);
        });
      });
}

}  // namespace nbasync
