#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

#include "db/content_version.hpp"
#include "query/answer.hpp"

namespace nbasync {

// Answers from memory what has been asked before, as long as what is stored is the same; of a
// database that cannot tell that, never. Loop thread.
class AnswerCache {
 public:
  // What is kept, in bytes: of one answer, and of all.
  static constexpr std::size_t kLargest = 256 << 10;
  static constexpr std::size_t kMost = 2 << 20;

  // `readers` must outlive it, and it its questions.
  explicit AnswerCache(ReadPool& readers) : readers_(readers) {}

  // The answer to this question, if it is known; until the next call.
  const QueryAnswer* find(const Query& query);

  // Asks, and keeps the answer. As ask() of query/answer.hpp.
  void ask(Query query, std::function<void(QueryReply)> done);

 private:
  void renew();

  ReadPool& readers_;
  std::optional<ContentVersion> version_;  // of all that is kept
  std::unordered_map<std::string, QueryAnswer> answers_;
  std::size_t bytes_ = 0;
};

}  // namespace nbasync
