#include "event/loop.hpp"

#include <exception>
#include <utility>

#include "base/error.hpp"

namespace nbasync {
namespace {

struct Job {
  uv_work_t request{};
  Loop* loop = nullptr;
  std::function<void()> work;
  std::function<void()> done;
};

void check(int result, const char* what) {
  if (result < 0) {
    throw Error(Errc::kInternal, std::string("event loop: ") + what + ": " + uv_strerror(result));
  }
}

}  // namespace

Loop::Loop() {
  check(uv_loop_init(&loop_), "init");
  wake_ = std::make_unique<Handle<uv_async_t>>(this);
  check(uv_async_init(&loop_, wake_->get(),
                      [](uv_async_t* async) {
                        auto* loop = static_cast<Loop*>(async->data);
                        loop->guard([loop] { loop->run_posted(); });
                      }),
        "async");
}

Loop::~Loop() {
  posted_.clear();  // what they own may be handles of this loop
  wake_.reset();
  uv_run(&loop_, UV_RUN_DEFAULT);  // lets closed handles go and jobs under way end
  uv_loop_close(&loop_);
}

void Loop::run() {
  uv_run(&loop_, UV_RUN_DEFAULT);
  if (exception_) std::rethrow_exception(std::exchange(exception_, nullptr));
}

void Loop::stop() { uv_stop(&loop_); }

void Loop::stop_when_idle() {
  stop_when_idle_ = true;
  if (jobs_ == 0) stop();
}

void Loop::job_ended(const std::function<void()>& done) {
  --jobs_;
  guard(done);
  if (stop_when_idle_ && jobs_ == 0) stop();
}

void Loop::submit(std::function<void()> work, std::function<void()> done) {
  auto job = std::make_unique<Job>();
  job->loop = this;
  job->work = std::move(work);
  job->done = std::move(done);
  job->request.data = job.get();
  check(uv_queue_work(
            &loop_, &job->request,
            [](uv_work_t* request) { static_cast<Job*>(request->data)->work(); },
            [](uv_work_t* request, int) {
              const std::unique_ptr<Job> over(static_cast<Job*>(request->data));
              over->loop->job_ended(over->done);
            }),
        "queue work");
  job_begun();
  static_cast<void>(job.release());  // libuv gives it back to the second function
}

void Loop::post(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    posted_.push_back(std::move(task));
  }
  uv_async_send(wake_->get());
}

void Loop::run_posted() {
  std::vector<std::function<void()>> tasks;
  {
    const std::lock_guard lock(mutex_);
    tasks.swap(posted_);
  }
  for (auto& task : tasks) guard(task);
}

void Loop::keep_exception() noexcept {
  if (!exception_) exception_ = std::current_exception();
  stop();
}

}  // namespace nbasync
