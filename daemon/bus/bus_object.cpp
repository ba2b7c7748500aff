#include "bus/bus_object.hpp"

#include <algorithm>
#include <deque>
#include <exception>
#include <optional>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

#include "base/result.hpp"
#include "bus/sync_options.hpp"
#include "door/runs.hpp"
#include "protocol/names.hpp"
#include "protocol/tell_status.hpp"

namespace nbasync {
namespace {

void give_run(const Reply<Dictionary>& reply, const RunReply& run) {
  reply.guard([&] { reply.give(dictionary_of(value_of(run))); });
}

template <typename List>
std::vector<Dictionary> dictionaries_of(const List& list) {
  std::vector<Dictionary> dictionaries;
  dictionaries.reserve(list.size());
  for (const auto& value : list) dictionaries.push_back(dictionary_of(value));
  return dictionaries;
}

// Any other exception would go through the bus's own C functions.
template <typename Work>
auto with_bus_errors(Work work) {
  try {
    return work();
  } catch (const std::exception& error) {
    throw to_bus_error(Errc::kInternal, error.what());
  }
}

void tell_status(MessageSink& sink, const protocol::Status& brief,
                 const std::deque<RunRecord>& recent) {
  sink.begin_object();
  protocol::tell_status(sink, brief, [&] {
    for (const auto& run : recent) protocol::tell(sink, Field{""}, run);
  });
  if (!brief.current_sync) {  // idle is told, not left out
    sink.key("current_sync");
    sink.begin_object();
    sink.end_object();
  }
  sink.end_object();
}

}  // namespace

BusObject::BusObject(sdbus::IConnection& connection,
                     std::function<std::shared_ptr<Outbox>()> outbox, Authorizer& authorizer,
                     SyncFront& service, const Doors& doors)
    : ManagerObject(connection, std::move(outbox), authorizer), service_(service), doors_(doors) {}

MakeFace make_bus_object(SyncFront& service, const Doors& doors) {
  return [&](sdbus::IConnection& connection, std::function<std::shared_ptr<Outbox>()> outbox,
             Authorizer& authorizer) {
    return std::make_unique<BusObject>(connection, std::move(outbox), authorizer, service, doors);
  };
}

void BusObject::Sync(sdbus::Result<std::string, std::string>&& result, std::string type,
                     VariantMap options) {
  const auto reply = reply_to(std::move(result));
  reply.guard([&] {
    auto wanted = to_sync_request(type, options);
    const bool interactive = wanted.interactive;
    authorized(Action::kSync, interactive, reply,
               [this, reply, request = std::move(wanted)](const std::string& by) mutable {
                 request.requester = by;
                 const auto admitted = [reply](const Admission& admission) {
                   if (const auto& refusal = admission.refusal) {
                     reply.refuse(refusal->code, refusal->message);
                   } else {
                     reply.give(admission.run_id, std::string(to_string(admission.disposition)));
                   }
                 };
                 service_.sync(std::move(request), admitted, nullptr);
               });
  });
}

// It is written after this has returned.
Dictionary BusObject::Status() {
  return with_bus_errors([this]() -> Dictionary {
    return {[this, status = service_.brief_status()](MessageSink& sink) {
      with_bus_errors([&] { tell_status(sink, status, service_.recent()); });
    }};
  });
}

void BusObject::Wait(sdbus::Result<Dictionary>&& result, std::string run_id, double timeout) {
  const auto reply = reply_to(std::move(result));
  reply.guard([&] {
    service_.await_run(run_id, to_wait_limit(timeout),
                       [reply](const RunReply& run) { give_run(reply, run); });
  });
}

void BusObject::GetRun(sdbus::Result<Dictionary>&& result, std::string run_id) {
  const auto reply = reply_to(std::move(result));
  reply.guard(
      [&] { service_.find_run(run_id, [reply](const RunReply& run) { give_run(reply, run); }); });
}

void BusObject::ListRuns(sdbus::Result<std::vector<Dictionary>>&& result, uint32_t limit,
                         VariantMap filter) {
  const auto reply = reply_to(std::move(result));
  reply.guard([&] {
    const unsigned wanted = limit == 0 ? kDefaultRuns : std::min<unsigned>(limit, kMostRuns);
    service_.list_runs(wanted, to_run_filter(filter), [reply](const RunsReply& runs) {
      reply.guard([&] { reply.give(dictionaries_of(value_of(runs))); });
    });
  });
}

void BusObject::Cancel(sdbus::Result<>&& result, std::string run_id) {
  const auto reply = reply_to(std::move(result));
  authorized(Action::kCancel, false, reply, [this, reply, run_id](const std::string& by) {
    cancel_run(service_, run_id, by, [reply](const Result<std::monostate>& known) {
      reply.guard([&] {
        value_of(known);
        reply.give();
      });
    });
  });
}

void BusObject::Pause(sdbus::Result<>&& result) {
  const auto reply = reply_to(std::move(result));
  authorized(Action::kManage, false, reply, [this, reply](const std::string& by) {
    doors_.pause(by);
    reply.give();
  });
}

void BusObject::Resume(sdbus::Result<>&& result) {
  const auto reply = reply_to(std::move(result));
  authorized(Action::kManage, false, reply, [this, reply](const std::string& by) {
    doors_.resume(by);
    reply.give();
  });
}

void BusObject::Reload(sdbus::Result<>&& result) { reload(doors_, std::move(result)); }

void BusObject::Explain(sdbus::Result<Dictionary>&& result, std::string schedule) {
  const auto reply = reply_to(std::move(result));
  reply.guard([&] { reply.give(dictionary_of(doors_.explain(schedule))); });
}

void BusObject::Changes(sdbus::Result<std::vector<Dictionary>, uint64_t>&& result, uint64_t since,
                        uint32_t limit, VariantMap filter) {
  const auto reply = reply_to(std::move(result));
  reply.guard([&] {
    doors_.changes(to_changes_question(since, limit, filter),
                   [reply](const nbasync::Result<ChangesAnswer>& answer) {
                     reply.guard([&] {
                       const auto& told = value_of(answer);
                       const auto rows = nlohmann::json::parse("[" + told.rows + "]");
                       reply.give(dictionaries_of(rows), static_cast<uint64_t>(told.last_seq));
                     });
                   });
  });
}

void BusObject::Doctor(sdbus::Result<std::vector<Dictionary>>&& result) {
  const auto reply = reply_to(std::move(result));
  reply.guard([&] {
    doors_.doctor([reply](const protocol::Diagnosis& diagnosis) {
      reply.guard([&] { reply.give(dictionaries_of(diagnosis.checks)); });
    });
  });
}

void BusObject::Backfill(sdbus::Result<uint32_t>&& result, std::string from, std::string to,
                         VariantMap options) {
  const auto reply = reply_to(std::move(result));
  reply.guard([&] {
    authorized(Action::kSync, to_interactive(options), reply,
               [this, reply, from, to](const std::string& by) {
                 reply.give(doors_.backfill(from, to, by));
               });
  });
}

void BusObject::StopBackfill(sdbus::Result<>&& result) {
  const auto reply = reply_to(std::move(result));
  authorized(Action::kCancel, false, reply, [this, reply](const std::string& by) {
    doors_.stop_backfill(by);
    reply.give();
  });
}

std::string BusObject::Version() { return protocol::kVersion; }
bool BusObject::SyncInProgress() { return service_.current() != nullptr; }
std::string BusObject::CurrentRun() {
  const auto* job = service_.current();
  return job == nullptr ? std::string() : job->run_id;
}
uint32_t BusObject::QueueLength() { return static_cast<uint32_t>(service_.queue_length()); }
std::map<std::string, uint64_t> BusObject::LastSuccess() {
  std::map<std::string, uint64_t> times;
  for (const auto& [type, time] : service_.last_success()) {
    const auto micros =
        std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch());
    times.emplace(type, static_cast<uint64_t>(micros.count()));
  }
  return times;
}
bool BusObject::Paused() { return doors_.paused(); }

void BusObject::emit(const SyncEvent& event) {
  switch (event.kind) {
    case SyncEvent::Kind::kQueued:
      emitSyncQueued(event.run_id, event.sync_type);
      changed({"QueueLength"});
      break;
    case SyncEvent::Kind::kStarted:
      emitSyncStarted(event.run_id, event.sync_type);
      changed({"SyncInProgress", "CurrentRun", "QueueLength"});
      break;
    case SyncEvent::Kind::kProgress:
      emitSyncProgress(event.run_id, event.step, event.percent.value_or(0));
      break;
    case SyncEvent::Kind::kFinished:
      emitSyncFinished(event.run_id, event.sync_type, std::string(to_string(event.run->status)),
                       dictionary_of(*event.run));
      changed({"SyncInProgress", "CurrentRun", "QueueLength", "LastSuccess"});
      break;
    case SyncEvent::Kind::kChanges:
      emitDataChanged(event.table, static_cast<uint64_t>(event.first_seq.value_or(0)),
                      static_cast<uint64_t>(event.last_seq.value_or(0)),
                      static_cast<uint32_t>(event.inserted.value_or(0)),
                      static_cast<uint32_t>(event.updated.value_or(0)),
                      static_cast<uint32_t>(event.deleted.value_or(0)));
      break;
  }
}

}  // namespace nbasync
