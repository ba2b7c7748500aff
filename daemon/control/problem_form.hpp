#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "protocol/names.hpp"

namespace nbasync {

// A problem as it can be answered: its status, and its word. Most are rows of the one table of
// errors; those that only HTTP knows, or answers with another status, stand here.
struct ProblemForm {
  int status;
  std::string_view code;
  std::string_view help;  // for documents, without its end

  bool operator==(const ProblemForm&) const = default;
};

namespace problems {

inline constexpr ProblemForm kNotFound{404, "not-found", "there is no such route"};
inline constexpr ProblemForm kMethodNotAllowed{405, "method-not-allowed",
                                               "the route does not take this method"};
inline constexpr ProblemForm kBodyTooLarge{413, "body-too-large",
                                           "the body is longer than is taken"};
inline constexpr ProblemForm kNoToken{401, "access-denied",
                                      "a token would help: none was sent, or a wrong one"};
inline constexpr ProblemForm kForeignHost{
    403, "foreign-host", "over TCP: the host's name is none of the machine's, and may not do this"};
inline constexpr ProblemForm kFirstSync{503, protocol::kFirstSync,
                                        "the first sync of an empty database has not ended"};
inline constexpr ProblemForm kNoScheduler{503, "internal", "this daemon has no scheduler"};
inline constexpr ProblemForm kUnreadable{503, "storage", "the database cannot be read"};

// All of them.
inline constexpr ProblemForm kOfHttp[] = {kNotFound,    kMethodNotAllowed, kBodyTooLarge,
                                          kNoToken,     kForeignHost,      kFirstSync,
                                          kNoScheduler, kUnreadable};

}  // namespace problems

// The row of the one table of errors.
ProblemForm problem_form(Errc code);

// The first and the others.
std::vector<ProblemForm> with(std::vector<ProblemForm> problems,
                              std::initializer_list<ProblemForm> more);

// Of a daemon that cannot serve yet, whatever its reason's own status is (refusing_server.hpp).
inline constexpr int kUnready = 503;
std::vector<ProblemForm> unready_problems();

}  // namespace nbasync
