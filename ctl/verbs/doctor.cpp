#include <string>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "protocol/diagnosis.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

Colour colour_of(CheckStatus status) {
  if (status == CheckStatus::kOk) return Colour::kGreen;
  return status == CheckStatus::kFinding ? Colour::kRed : Colour::kYellow;
}

Answer<protocol::Diagnosis> ask(Context& context) {
  try {
    return context.client.doctor();
  } catch (const Error& error) {
    if (error.code() != Errc::kDaemonUnreachable) throw;
    throw Error(error.code(),
                format("{}; nbasyncd --doctor looks without the daemon", error.what()));
  }
}

int examine(Context& context) {
  const auto diagnosis = ask(context);
  if (context.json) {
    print_json(context, diagnosis.json);
  } else if (!context.quiet) {
    const auto paint = [&](CheckStatus status, const std::string& word) {
      return context.out_terminal.paint(colour_of(status), word);
    };
    context.out << protocol::text_of(diagnosis.value, paint);
  }
  return diagnosis->well ? protocol::kExitDone : protocol::kExitFailed;
}

}  // namespace

Command define_doctor() {
  return {.options = {},
          .examples =
              "  nbasyncctl doctor\n"
              "  nbasyncctl doctor -q || echo look\n"
              "  nbasyncctl doctor --json | jq .findings\n",
          .action = examine};
}

}  // namespace nbasync::ctl
