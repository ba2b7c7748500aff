#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "control/problem_form.hpp"
#include "http/reply.hpp"
#include "model/run_record.hpp"
#include "sync/sync_request.hpp"

// Everything that is no success is answered in one form: application/problem+json (RFC 9457) with
// the predecessor's "success" and "error" beside it, and a stable "code".
namespace nbasync {

// By the one table of errors.
HttpReply problem(Errc code, const std::string& detail);

HttpReply problem(const ProblemForm& form, const std::string& detail);

// Of a daemon without the doors that a route needs.
HttpReply no_scheduler();

// kChangesGone: `oldest_seq` is what is kept, or 0.
HttpReply changes_gone_problem(const std::string& detail, std::int64_t oldest_seq);

// Why a sync was not admitted. Names the holder of the lock, with its age at `now`.
HttpReply refusal_problem(const Refusal& refusal, SystemTime now);

// What has been thrown and is being handled, as an answer: an Error is told; of anything else the
// log tells more, naming `path`, and the answer that there is a log.
HttpReply thrown_problem(std::string_view path = {});

// Gives what `make` returns; or what it throws, as a problem.
template <typename Make>
void respond(const Answer& answer, Make make) {
  HttpReply reply;
  try {
    reply = make();
  } catch (...) {
    reply = thrown_problem();
  }
  answer(std::move(reply));
}

// How a run ended that did not succeed; `holder` is whom it waited for in vain, if it did.
HttpReply run_problem(const RunRecord& run, const SyncJob* holder, std::size_t queue_length,
                      SystemTime now);

}  // namespace nbasync
