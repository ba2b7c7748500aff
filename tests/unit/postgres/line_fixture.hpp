#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "cluster/line.hpp"
#include "cluster/line_holder.hpp"
#include "postgres_fixture.hpp"

namespace nbasync::testing {

// A connection that lets something happen once, before it says the first statement of this
// beginning.
class HeldUp final : public Connection {
 public:
  HeldUp(PostgresConnection connection, std::string before, std::function<void()> happens)
      : connection_(std::move(connection)),
        before_(std::move(before)),
        happens_(std::move(happens)) {}

  DatabaseKind kind() const override { return connection_.kind(); }
  std::int64_t run(std::string_view sql, std::span<const Value> values,
                   const std::stop_token& stop) override {
    look(sql);
    return connection_.run(sql, values, stop);
  }
  void each(std::string_view sql, std::span<const Value> values,
            const std::function<void(Row)>& row, const std::stop_token& stop) override {
    look(sql);
    connection_.each(sql, values, row, stop);
  }
  std::vector<StoredColumn> columns_of(std::string_view table,
                                       const std::stop_token& stop) override {
    return connection_.columns_of(table, stop);
  }
  std::vector<std::string> tables(const std::stop_token& stop) override {
    return connection_.tables(stop);
  }
  void transaction(const std::function<void()>& work, const std::stop_token& stop) override {
    connection_.transaction(work, stop);
  }
  void rehearse(const std::function<void()>& work, const std::stop_token& stop) override {
    connection_.rehearse(work, stop);
  }
  void change(const std::function<Batch()>& difference, const std::stop_token& stop) override {
    connection_.change(difference, stop);
  }
  void take_file(const std::stop_token& stop) override { connection_.take_file(stop); }
  std::int64_t checkpoint() override { return connection_.checkpoint(); }
  void release_memory() noexcept override { connection_.release_memory(); }

 private:
  void look(std::string_view sql) {
    if (!happens_ || !sql.starts_with(before_)) return;
    std::exchange(happens_, nullptr)();
  }

  PostgresConnection connection_;
  std::string before_;
  std::function<void()> happens_;
};

// An empty line, and what its holder and others do with it.
class LineFixture : public PostgresFixture {
 protected:
  void SetUp() override {
    PostgresFixture::SetUp();
    if (IsSkipped()) return;
    connection_.emplace(connect());
    line::make_tables(*connection_, {});
  }

  static SyncJob job(const std::string& id, const std::string& type = "teams",
                     IfBusy if_busy = IfBusy::kQueue) {
    SyncJob job;
    job.run_id = id;
    job.request.sync_type = type;
    job.request.season = "2025-26";
    job.request.if_busy = if_busy;
    job.request.timeout = std::chrono::minutes(1);
    job.request.run_timeout = std::chrono::minutes(5);
    return job;
  }

  // "queued b", "full".
  static std::string words(const Admission& admission) {
    if (admission.refusal) {
      return admission.refusal->code == Errc::kQueueFull ? "full" : "in progress";
    }
    return format("{} {}", to_string(admission.disposition), admission.run_id);
  }
  std::string join(const SyncJob& job) { return join(*connection_, job); }
  std::string join(Connection& connection, const SyncJob& job) {
    return words(line::join(connection, job, options_, {}));
  }
  bool leave(const std::string& id, const std::string& why = "cancelled") {
    return line::leave(*connection_, id, why, true, {});
  }
  void start(const std::string& id, std::int64_t epoch = 1) { start(*connection_, id, epoch); }
  static void start(Connection& connection, const std::string& id, std::int64_t epoch = 1) {
    connection.write([&] { line::started(connection, id, epoch, {}); }, {});
  }
  void end(const std::string& id, RunStatus status = RunStatus::kSuccess) {
    end(*connection_, id, status);
  }
  static void end(Connection& connection, const std::string& id,
                  RunStatus status = RunStatus::kSuccess,
                  const std::optional<std::string>& result = {}) {
    RunRecord run;
    run.run_id = id;
    run.status = status;
    connection.write([&] { line::ended(connection, run, result, {}); }, {});
  }
  void put_back(std::int64_t epoch) {
    connection_->write([&] { line::put_back(*connection_, epoch, {}); }, {});
  }

  line::View view() { return line::read(*connection_, {}); }
  line::Entry entry(const std::string& id) {
    const auto found = line::find(*connection_, id, {});
    if (!found) ADD_FAILURE() << "no entry " << id;
    return found.value_or(line::Entry{});
  }
  // "1 a running", by ticket.
  std::vector<std::string> entries() {
    std::vector<std::string> all;
    for (const auto& entry : view().entries) {
      all.push_back(format("{} {} {}", entry.ticket, entry.job.run_id,
                           entry.state == line::Entry::State::kRunning ? "running" : "waiting"));
    }
    return all;
  }

  std::optional<PostgresConnection> connection_;
  line::Options options_{10, "one.example", true};
};

}  // namespace nbasync::testing
