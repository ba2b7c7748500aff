#include "cluster/line_rows.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/value.hpp"

namespace nbasync::line {
namespace {

// Whatever somebody asks for, the server can add it to a time.
constexpr Duration kLongestWait = std::chrono::years(10);

std::optional<SystemTime> to_time(const Cell& cell) { return parse_utc(to_text(cell)); }

Entry::State state_of(std::string_view word) {
  if (word == "waiting") return Entry::State::kWaiting;
  return word == "running" ? Entry::State::kRunning : Entry::State::kEnded;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < list.size();) {
    const auto end = std::min(list.find(',', begin), list.size());
    words.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

// One cell after the other, in the order of columns().
class Cells {
 public:
  explicit Cells(const Row& row) : row_(row) {}
  const Cell& next() { return row_[next_++]; }
  std::string text() { return to_text(next()); }
  std::int64_t integer() { return to_integer(next()); }
  bool flag() { return integer() != 0; }
  std::optional<SystemTime> time() { return to_time(next()); }

 private:
  const Row& row_;
  std::size_t next_ = 0;
};

// Whose wait is over leaves, whether its holder has seen that yet or not.
constexpr const char* kLeave =
    "coalesce(q.leave, CASE WHEN q.state = 'waiting' AND q.wait_until <= now() THEN 'timeout' END)";

std::string columns() {
  return format(
      "q.ticket, q.run_id, q.sync_type, q.season, q.dry_run, q.force, q.steps, q.triggered_by, "
      "q.requester, q.decision, q.cause, q.run_timeout_ms, {}, {}, {}, q.state, {}, "
      "q.taken_by, q.holding, q.attempts, q.epoch, q.status, q.result",
      rows::utc("q.asked_at"), rows::utc("q.wait_until"), rows::utc("q.started_at"), kLeave);
}

void read_request(Cells& cells, SyncRequest& request) {
  request.sync_type = cells.text();
  request.season = cells.text();
  request.dry_run = cells.flag();
  request.force = cells.flag();
  request.steps = split(cells.text());
  request.triggered_by = cells.text();
  request.requester = cells.text();
  request.decision = read_word<DecisionKind>(cells.text());
  request.cause = cells.text();
  request.run_timeout = Duration(cells.integer());
  request.if_busy = IfBusy::kQueue;
}

Entry read_entry(Cells& cells) {
  Entry entry;
  SyncJob& job = entry.job;
  entry.ticket = cells.integer();
  job.run_id = job.request.run_id = cells.text();
  read_request(cells, job.request);
  job.requested_at = cells.time().value_or(SystemTime{});
  entry.wait_until = cells.time();
  if (entry.wait_until) {
    job.request.timeout =
        std::chrono::duration_cast<Duration>(*entry.wait_until - job.requested_at);
  }
  job.started_at = cells.time().value_or(SystemTime{});
  entry.state = state_of(cells.text());
  entry.leave = cells.text();
  entry.taken_by = cells.text();
  entry.holding = cells.integer();
  entry.attempts = static_cast<int>(cells.integer());
  entry.epoch = cells.integer();
  entry.status = cells.text();
  const Cell& result = cells.next();
  if (result.index() != 0) entry.result = to_text(result);
  return entry;
}

}  // namespace

View rows::read(Connection& connection, std::string_view which, std::span<const Value> values,
                const std::stop_token& stop) {
  View view;
  bool is_there = false;
  connection.each(
      format("SELECT {}, l.version FROM nbasync_line AS l LEFT JOIN nbasync_requests AS q ON {} "
             "WHERE l.id = 1 ORDER BY q.ticket",
             columns(), which),
      values,
      [&](const Row& row) {
        is_there = true;
        view.version = to_integer(row[row.size() - 1]);
        Cells cells(row);
        if (row[0].index() != 0) view.entries.push_back(read_entry(cells));
      },
      stop);
  if (!is_there) {
    throw Error(Errc::kStorage, "database: the row of nbasync_line is gone; start the daemon anew");
  }
  return view;
}

std::string rows::new_columns() {
  return "run_id, sync_type, season, dry_run, force, steps, triggered_by, requester, decision, "
         "cause, holding, run_timeout_ms, taken_by, wait_until, state";
}

std::string rows::new_cells() {
  return format(
      "$1, $2, $3, $4::bigint <> 0, $5::bigint <> 0, $6, $7, $8, $9, $10, $11::bigint, "
      "$12::bigint, $13, {}, 'waiting'",
      from_now("$14"));
}

std::vector<Value> rows::new_values(const SyncJob& job, const Options& options) {
  const SyncRequest& request = job.request;
  return {job.run_id,
          request.sync_type,
          request.season,
          std::int64_t{request.dry_run},
          std::int64_t{request.force},
          joined(request.steps, ","),
          request.triggered_by,
          request.requester,
          std::string(to_string(request.decision)),
          request.cause,
          options.holding,
          std::int64_t{request.run_timeout.value_or(Duration{}).count()},
          options.instance,
          patience_of(request)};
}

std::string rows::utc(std::string_view time) {
  return format(R"(to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))", time);
}

std::string rows::from_now(std::string_view parameter) {
  return format("now() + {}::bigint * interval '1 millisecond'", parameter);
}

Value rows::patience_of(const SyncRequest& request) {
  if (!request.timeout) return {};
  return std::int64_t{std::min(*request.timeout, kLongestWait).count()};
}

}  // namespace nbasync::line
