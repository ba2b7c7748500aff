#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "db/read_pool.hpp"
#include "query/query.hpp"

namespace nbasync {

// Blocking; the thread of the connection. Throws Error(kStorage…), kCancelled.
QueryAnswer answer(Connection& connection, const Query& query, const std::stop_token& stop);

// A strong tag, with its quotes; the same for the same text.
std::string etag_of(std::string_view text);

using QueryReply = Result<QueryAnswer>;

// Loop thread; `done` is called on it, once, never inside the call. Error: kStorage…, or kQueueFull
// when too many wait already.
inline void ask(ReadPool& readers, Query query, std::function<void(QueryReply)> done) {
  readers.ask(
      [query = std::move(query)](Connection& connection, const std::stop_token& stop) {
        return answer(connection, query, stop);
      },
      std::move(done));
}

}  // namespace nbasync
