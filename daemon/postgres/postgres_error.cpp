#include "postgres/postgres_error.hpp"

#include <algorithm>
#include <string_view>

#include "base/format.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

struct StateMeaning {
  std::string_view state;  // or the beginning of it
  Errc code;
  std::string_view hint;
};

// Appendix A of PostgreSQL's manual. The first that fits.
constexpr StateMeaning kMeanings[] = {
    {"53100", Errc::kStorageFull, "nothing was changed, make room there and sync again"},
    {"53300", Errc::kStorageBusy, "too many are connected; see max_connections"},
    {"53", Errc::kStorage, "see the server's log"},
    {"40", Errc::kStorageBusy, "another session was in the way; ask again"},
    {"55P03", Errc::kStorageBusy, "another session holds it; see pg_stat_activity"},
    {"57014", Errc::kStorageBusy, "see who is in the way in pg_stat_activity"},
    {"25P03", Errc::kStorageBusy, "this program was held up within a transaction; ask again"},
    {"57P", Errc::kStorage, "the server is stopping or starting; ask again"},
    {"25006", Errc::kStorage, "a standby? name the primary: target_session_attrs=read-write"},
    {"3F000", Errc::kStorage, "make the schema, and grant this user its use"},
    {"42501", Errc::kStorage, "grant it to this user"},
    {"XX", Errc::kStorage, "see the server's log"},
};

// libpq's messages have a line for each host that was tried.
std::string on_one_line(std::string_view message) {
  std::string line;
  for (const char c : trimmed(message, kBlanksOfLines)) {
    if (c == '\n') {
      line += "; ";
    } else if (c != '\t') {
      line += c;
    }
  }
  return line;
}

std::string field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? "" : text;
}

Error storage(Errc code, const std::string& name, const std::string& why) {
  return {code, format("database {}: {}", name, why)};
}

}  // namespace

std::string sqlstate_of(const PGresult* result) { return field(result, PG_DIAG_SQLSTATE); }

Error as_error(const PGresult* result, const std::string& name) {
  const std::string state = sqlstate_of(result);
  if (state.empty()) {
    return storage(Errc::kStorage, name, on_one_line(PQresultErrorMessage(result)));
  }
  const std::string what = field(result, PG_DIAG_MESSAGE_PRIMARY);
  if (state == "23502" && field(result, PG_DIAG_TABLE_NAME) == "nbasync_fence") {
    return storage(Errc::kSyncInProgress, name,
                   "another instance has taken the lease; nothing was changed");
  }
  const auto* known = std::ranges::find_if(
      kMeanings, [&](const StateMeaning& meaning) { return state.starts_with(meaning.state); });
  if (known == std::end(kMeanings)) {
    return storage(Errc::kStorage, name, format("{} (SQLSTATE {})", what, state));
  }
  return storage(known->code, name, format("{} (SQLSTATE {}); {}", what, state, known->hint));
}

ServerGone not_connected(PGconn* connection, const std::string& name) {
  if (connection == nullptr) {
    return ServerGone(storage(Errc::kStorage, name, "no memory for a connection"));
  }
  std::string why = on_one_line(PQerrorMessage(connection));
  if (PQconnectionNeedsPassword(connection) != 0) {
    why += "; the server wants a password, and none is given";
  } else if (PQconnectionUsedPassword(connection) != 0) {
    why += "; see that the password is the user's";
  } else if (why.find("unsupported startup parameter") != std::string::npos) {
    why += "; it is a pooler: leave options out of the URL, and set them for the role (ALTER ROLE)";
  } else {
    why += "; see that the server runs there and lets this user in";
  }
  return ServerGone(storage(Errc::kStorage, name, why));
}

ServerGone connection_lost(PGconn* connection, const std::string& name) {
  return ServerGone(storage(
      Errc::kStorage, name,
      format("the connection was lost: {}; ask again", on_one_line(PQerrorMessage(connection)))));
}

Error no_answer(const std::string& name, std::chrono::milliseconds waited) {
  return storage(
      Errc::kStorageBusy, name,
      format("has not answered for {:.1f} s; another session may hold what is asked for: "
             "see pg_stat_activity there",
             std::chrono::duration<double>(waited).count()));
}

ServerGone moved(const std::string& name) {
  return ServerGone(
      storage(Errc::kStorage, name,
              "is on another host now; what was asked here has no answer: ask again"));
}

Error not_replicated(const std::string& name) {
  return storage(Errc::kStorage, name,
                 "the wait for its standbys was broken off; what was written may be lost");
}

Error postgres_cancelled(const std::string& name) {
  return storage(Errc::kCancelled, name, "cancelled");
}

}  // namespace nbasync
