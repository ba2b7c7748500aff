// Loaded into a program by LD_PRELOAD: stops or kills it where it sends a message to a PostgreSQL.
// See support/message_stop.hpp.

#include <dlfcn.h>
#include <libpq-fe.h>
#include <poll.h>
#include <signal.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Once: the program goes on from there.
void halt() {
  static std::atomic<bool> done = false;
  if (!done.exchange(true)) ::raise(variable("NBASYNC_STOP_BY") == "kill" ? SIGKILL : SIGSTOP);
}

bool is_at(std::string_view place, std::string_view message) {
  const auto text = variable("NBASYNC_STOP_AT");
  return !text.empty() && variable("NBASYNC_STOP") == place && message.find(text) != message.npos;
}

// Sends it all, and waits until the server has something to say of it.
void await_answer(PGconn* connection) {
  pollfd server{PQsocket(connection), POLLIN, 0};
  while (PQflush(connection) == 1) {
  }
  ::poll(&server, 1, -1);
}

// Sends a message by `send`. One that was halted at reaches the server, whatever this program has
// learnt meanwhile, and then it tells so.
template <typename Send>
int halting(PGconn* connection, std::string_view message, Send send) {
  const bool before = is_at("before", message);
  const bool after = is_at("after", message);
  if (before) halt();
  const int sent = send();
  if (sent == 1 && (before || after)) await_answer(connection);
  if (after) halt();
  if (before || after) std::fputs("the message was answered\n", stderr);
  return sent;
}

// The message without the statement that looks whether the lock is still held.
const char* without_guard(const char* message) {
  constexpr std::string_view kBegin = "WITH fence AS";
  constexpr std::string_view kEnd = "(SELECT 1 FROM fence);\n";
  const std::string_view text = message;
  if (variable("NBASYNC_WITHOUT_GUARD").empty() || text.substr(0, kBegin.size()) != kBegin) {
    return message;
  }
  return message + text.find(kEnd) + kEnd.size();
}

}  // namespace

extern "C" int PQsendQuery(PGconn* connection, const char* query) {
  static const auto real = next<decltype(PQsendQuery)>("PQsendQuery");
  return halting(connection, query, [&] { return real(connection, without_guard(query)); });
}

extern "C" int PQsendQueryParams(PGconn* connection, const char* command, int count,
                                 const Oid* types, const char* const* values, const int* lengths,
                                 const int* formats, int format) {
  static const auto real = next<decltype(PQsendQueryParams)>("PQsendQueryParams");
  return halting(connection, command, [&] {
    return real(connection, command, count, types, values, lengths, formats, format);
  });
}
