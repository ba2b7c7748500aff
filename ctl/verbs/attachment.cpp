#include "ctl/verbs/attachment.hpp"

#include <chrono>
#include <optional>
#include <ostream>
#include <string>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/verbs/interrupt.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/view/progress_view.hpp"
#include "ctl/view/run_text.hpp"

namespace nbasync::ctl {
namespace {

// Keeps what is shown of one run true to what happens.
class Attachment {
 public:
  Attachment(Context& context, const SyncWish& wish, const Admission& admission)
      : context_(context),
        run_id_(admission.run_id),
        view_(context.err, context.err_terminal, context.clock,
              wish.sync_type + (wish.season.empty() ? "" : " " + wish.season)) {
    const bool fresh = admission.disposition == Disposition::kStarted ||
                       admission.disposition == Disposition::kDryRun;
    if (fresh) {
      view_.running();
    } else {
      look();
    }
  }

  void on_event(const Event& event) {
    const bool own = event.told->run_id == run_id_;
    if (own && event.is(SyncEvent::Kind::kStarted)) {
      view_.running();
    } else if (own && event.is(SyncEvent::Kind::kProgress)) {
      progressed(event.told.value);
    } else if (!own && view_.is_waiting() && !event.is(SyncEvent::Kind::kProgress) &&
               !event.is(SyncEvent::Kind::kChanges)) {
      look();  // the line may have moved
    }
  }

  void on_tick() { view_.draw(); }

 private:
  // Over the bus an event has no more than step and percent: then the status has the rest.
  void progressed(const SyncEvent& told) {
    if (told.requests_done) {
      view_.progress(progress_of(told));
      return;
    }
    const auto status = context_.client.page(0);
    const auto& current = status->current_sync;
    const bool own = current && current->run_id == run_id_;
    view_.progress(own ? current->progress : progress_of(told));
  }

  void look() {
    const auto status = context_.client.status();
    const auto& current = status->current_sync;
    if (current && current->run_id == run_id_) {
      const auto now = context_.clock.wall();
      const auto since = current->started_at == SystemTime() ? now : current->started_at;
      view_.running(std::chrono::duration_cast<Duration>(now - since));
      if (!current->progress.step.empty()) view_.progress(current->progress);
      return;
    }
    for (const auto& waiting : status->queue) {
      if (waiting.run_id != run_id_) continue;
      view_.waiting(waiting.position, current ? current->sync_type : "");
    }
  }

  Context& context_;
  std::string run_id_;
  ProgressView view_;
};

std::optional<Answer<RunRecord>> follow(Context& context, const SyncWish& wish,
                                        const Admission& admission, const Interrupt& interrupt) {
  std::optional<Attachment> attachment;
  Follow how{.run_id = admission.run_id, .stop_fd = interrupt.fd()};
  if (context.err_terminal.is_terminal && !context.quiet && !context.json) {
    attachment.emplace(context, wish, admission);
    how.on_event = [&](const Event& event) { attachment->on_event(event); };
    how.on_tick = [&] { attachment->on_tick(); };
  }
  return context.client.follow(how);
}

int detach(Context& context, const Admission& admission, int signal) {
  if (!context.quiet) {
    context.err << format(
        "The sync goes on without you.\n"
        "  nbasyncctl watch {0}   to follow it to its end\n"
        "  nbasyncctl cancel {0}  to cancel it\n",
        admission.run_id);
  }
  return 128 + signal;
}

}  // namespace

int attach(Context& context, const SyncWish& wish, const Admission& admission) {
  const Interrupt interrupt;
  std::optional<Answer<RunRecord>> run;
  try {
    run = follow(context, wish, admission, interrupt);
  } catch (const Error& error) {
    if (error.code() != Errc::kDaemonUnreachable) throw;
    throw Error(error.code(),
                format("lost the daemon during run {}, how it ended is not known: {}; when the "
                       "daemon is back, see 'nbasyncctl run {}'",
                       admission.run_id, error.what(), admission.run_id));
  }
  if (!run) return detach(context, admission, interrupt.signal());

  if (context.json) {
    print_json(context, run->json);
  } else if (!context.quiet) {
    context.out << summary_text(run->value, context.out_terminal);
    if (wish.dry_run) context.out << "This was a dry run: nothing was written.\n";
  }
  context.out.flush();
  print_failure(context, run->value);
  return exit_code_of(run->value);
}

}  // namespace nbasync::ctl
