#include "control/backfill_body.hpp"

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "model/fields.hpp"

namespace nbasync {
namespace {

constexpr const char* kForm = R"(the body must be {"from": "2015-16", "to": "2024-25"})";

}  // namespace

protocol::BackfillWish parse_backfill_body(const std::string& text) {
  auto body = nlohmann::json::parse(text, nullptr, false);
  if (!body.is_object()) throw Error(Errc::kInvalidArgument, kForm);
  protocol::BackfillWish wish;
  visit_fields(wish, [&](const Field& field, std::string& season) {
    const auto found = body.find(field.name);
    if (found == body.end() || !found->is_string()) throw Error(Errc::kInvalidArgument, kForm);
    season = *found;
    body.erase(found);
  });
  if (body.empty()) return wish;
  throw Error(Errc::kInvalidArgument,
              format("unknown key {}; {}", in_quotes(body.begin().key(), kLongestExcerpt), kForm));
}

}  // namespace nbasync
