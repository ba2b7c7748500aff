#include "ctl/verbs/print.hpp"

#include "base/format.hpp"
#include "ctl/view/fields.hpp"
#include "ctl/view/run_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

constexpr auto kReplace = nlohmann::json::error_handler_t::replace;  // never throws on bad UTF-8

}  // namespace

void print_json(Context& context, const nlohmann::json& value) {
  context.out << value.dump(2, ' ', false, kReplace) << '\n';
}

void print_json_line(Context& context, const nlohmann::json& value) {
  context.out << value.dump(-1, ' ', false, kReplace) << std::endl;
}

void print_failure(Context& context, const nlohmann::json& run) {
  if (exit_code_of(run) == protocol::kExitDone) return;
  const auto message = text_at(run, "error_message");
  context.err << format("nbasyncctl: {} {}{}{}\n", text_at(run, "sync_type"),
                        text_at(run, "status"), message.empty() ? "" : ": ", message);
}

}  // namespace nbasync::ctl
