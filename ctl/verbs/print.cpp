#include "ctl/verbs/print.hpp"

#include <ostream>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "ctl/view/run_text.hpp"
#include "ctl/view/time_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;

std::string text_of(const json& value, int indent) {
  return value.dump(indent, ' ', false, json::error_handler_t::replace);  // never throws
}

struct Writer {
  json operator()(const std::vector<Json>& items) const {
    auto list = json::array();
    for (const auto& item : items) list.push_back(*item);
    return list;
  }
  template <typename T>
  json operator()(const T& value) const {
    return value;
  }
};

void add(json& object, const Member& member) {
  object[member.name] = std::visit(Writer(), member.value);
}

}  // namespace

void print_json(Context& context, const Json& value) { context.out << text_of(*value, 2) << '\n'; }

void print_json(Context& context, std::initializer_list<Member> members) {
  json object;
  for (const auto& member : members) add(object, member);
  context.out << text_of(object, 2) << '\n';
}

void print_json_line(Context& context, const Json& value) {
  context.out << text_of(*value, -1) << std::endl;
}

void print_json_line(Context& context, const Json& object, const Member& and_this) {
  json line = *object;
  add(line, and_this);
  context.out << text_of(line, -1) << std::endl;
}

void print_failure(Context& context, const RunRecord& run) {
  if (exit_code_of(run) == protocol::kExitDone) return;
  context.err << format("nbasyncctl: {} {}{}{}\n", run.sync_type, to_string(run.status),
                        run.error_message.empty() ? "" : ": ",
                        with_own_times(run.error_message, context.err_terminal));
}

}  // namespace nbasync::ctl
