#pragma once

#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "model/run_record.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// For the record of decisions.
inline constexpr const char* kJoinedReason = "an identical sync waits or runs: it answers both";

// Who asked, for people.
std::string requester_of(const SyncRequest& request);

// The run of a job that has not ended: its record as far as it is known.
RunRecord record_of(const SyncJob& job, RunStatus status);

// The run of a job that ends without having run, now: it never held the lock, so its time in the
// log is the moment it left the line.
RunRecord record_of_unstarted(const SyncJob& job, RunStatus status, Errc code,
                              const std::string& message, SystemTime now);

// The run of the holder's job that ends now, with an error that nobody expected.
RunRecord record_of_failed(const SyncJob& job, Errc code, const std::string& message,
                           SystemTime now);

// What became of a run whose process ended before it did.
RunRecord interrupted(RunRecord run, SystemTime now);

// The same run when the file that it wrote to was replaced before its end was told: what it and its
// steps have written is not in the file that is there now.
RunRecord lost_with_the_file(RunRecord run, const std::string& message);

// "Another sync operation is already in progress: full started at …", with run, age, requester and
// how many wait.
std::string busy_sentence(const SyncJob* holder, std::size_t waiting, SystemTime now);

// The same for who has waited as long as it would.
std::string lock_wait_sentence(const SyncJob* holder, std::size_t waiting, SystemTime now);

// The same for who was refused because of that, or because too many wait.
std::string refusal_sentence(const Refusal& refusal, const SyncJob* holder, SystemTime now);

}  // namespace nbasync
