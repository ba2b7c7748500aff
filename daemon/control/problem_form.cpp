#include "control/problem_form.hpp"

#include "protocol/errors.hpp"

namespace nbasync {

ProblemForm problem_form(Errc code) {
  const auto& names = protocol::names_of(code);
  return {names.http, names.word, names.help};
}

std::vector<ProblemForm> with(std::vector<ProblemForm> problems,
                              std::initializer_list<ProblemForm> more) {
  problems.insert(problems.end(), more);
  return problems;
}

std::vector<ProblemForm> unready_problems() {
  std::vector<ProblemForm> problems;
  for (const auto code : {Errc::kBadConfiguration, Errc::kStorage, Errc::kStorageBusy,
                          Errc::kStorageFull, Errc::kStorageNewer}) {
    problems.push_back(problem_form(code));
    problems.back().status = kUnready;
  }
  return problems;
}

}  // namespace nbasync
