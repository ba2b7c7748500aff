#pragma once

#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/executor.hpp"
#include "base/result.hpp"

namespace nbasync {

// The one door to Executor::submit.
class AsyncHop {
 public:
  template <typename Work, typename Done>
  static void submit(Executor& executor, Work work, Done done) {
    executor.submit(std::move(work), std::move(done));
  }
};

// Runs `work` where nothing may be thrown: what it throws is the result.
template <typename Work>
auto attempt(Work& work) noexcept {
  using Given = std::invoke_result_t<Work&>;
  using Held = std::conditional_t<std::is_void_v<Given>, std::monostate, Given>;
  try {
    if constexpr (std::is_void_v<Given>) {
      work();
      return Result<Held>(std::monostate{});
    } else {
      return Result<Held>(work());
    }
  } catch (const Error& error) {
    return Result<Held>(error);
  } catch (const std::bad_alloc&) {
    return Result<Held>(Error(Errc::kInternal, "out of memory"));
  } catch (const std::exception& error) {
    return Result<Held>(Error(Errc::kInternal, error.what()));
  } catch (...) {
    return Result<Held>(Error(Errc::kInternal, "something that is no exception was thrown"));
  }
}

// The one hop to another thread and back. Loop thread: runs `work` on a thread of `executor`, then
// `done(Result<T>)` on the loop thread, exactly once and never inside the call, with what `work`
// returned or threw. Both live until `done` has returned, and end on the loop thread.
//
//   async(readers, [] { return count_rows(); },
//         [](const Result<int>& count) { … });
template <typename Work, typename Done>
void async(Executor& executor, Work work, Done done) {
  using Outcome = decltype(attempt(work));
  struct Job {
    Work work;
    Done done;
    std::optional<Outcome> answer;
  };
  const auto job = std::make_shared<Job>(Job{std::move(work), std::move(done), std::nullopt});
  AsyncHop::submit(
      executor, [job] { job->answer.emplace(attempt(job->work)); },
      [job] {
        if (!job->answer) job->answer.emplace(Error(Errc::kInternal, "no thread could be started"));
        job->done(std::move(*job->answer));
      });
}

}  // namespace nbasync
