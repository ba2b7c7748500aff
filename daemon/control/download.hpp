#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "base/unique_fd.hpp"
#include "control/handlers.hpp"
#include "db/connection.hpp"

namespace nbasync {

// What is sent as a file: first it is made, on a thread that reads, as a file without a name; then
// it is sent from there. So it is of one moment, memory does not grow with it, what goes wrong in
// making it is told as an error, and a client that reads slowly holds no connection to the
// database; one that reads nothing for FileStream::kPatience is let go of. Loop thread.
struct Download {
  // Makes it; see ReadPool::ask. Throws Error.
  std::function<UniqueFd(Connection&, const std::stop_token&)> make;
  std::string content_type;
  std::string name;  // that a browser gives it
};

// Answers with it, or with 503 while as many are under way as may be. To HEAD nothing is made.
void answer_with(Api& api, const Call& call, Download download);

}  // namespace nbasync
