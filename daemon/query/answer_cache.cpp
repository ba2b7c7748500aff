#include "query/answer_cache.hpp"

#include <utility>
#include <variant>

#include "base/format.hpp"

namespace nbasync {
namespace {

// Another one for each question: a length before each of its parts.
std::string key_of(const Query& query) {
  std::string key = query.sql;
  for (const auto& value : query.values) {
    const auto* text = std::get_if<std::string>(&value);
    if (text != nullptr) {
      key += format("\n{}:{}", text->size(), *text);
    } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      key += format("\n#{}", *integer);
    } else if (const auto* real = std::get_if<double>(&value)) {
      key += format("\n~{}", *real);
    } else {
      key += "\n-";
    }
  }
  return key;
}

}  // namespace

// What was read before the last commit is of no use any more.
void AnswerCache::renew() {
  auto now = readers_.database().version();
  if (now == version_) return;
  version_ = now;
  answers_.clear();
  bytes_ = 0;
}

const QueryAnswer* AnswerCache::find(const Query& query) {
  renew();
  if (!version_) return nullptr;
  const auto found = answers_.find(key_of(query));
  return found == answers_.end() ? nullptr : &found->second;
}

// The version is that from before the question: what is committed while it is answered makes
// another one, whether the answer has it or not.
void AnswerCache::ask(Query query, std::function<void(QueryReply)> done) {
  renew();
  auto key = version_ ? key_of(query) : std::string();
  nbasync::ask(
      readers_, std::move(query),
      [this, key = std::move(key), version = version_, done = std::move(done)](QueryReply reply) {
        const auto* answer = std::get_if<QueryAnswer>(&reply);
        if (answer != nullptr && version && version == version_ &&
            answer->json.size() <= kLargest) {
          if (bytes_ + answer->json.size() > kMost) {
            answers_.clear();
            bytes_ = 0;
          }
          if (answers_.try_emplace(key, *answer).second) bytes_ += answer->json.size();
        }
        done(std::move(reply));
      });
}

}  // namespace nbasync
