#pragma once

#include "protocol/status.hpp"
#include "protocol/tell.hpp"

namespace nbasync::protocol {

// The members of a status, within an object that has begun. `brief` is without its recent runs:
// `tell_runs` tells them, one after the other.
template <Sink S, typename Runs>
void tell_status(S& sink, const Status& brief, Runs tell_runs) {
  visit_fields(brief, [&](const Field& field, const auto& member) {
    if ((field.form & kOmitted) != 0 && is_empty(member)) return;
    sink.key(field.name);
    if constexpr (std::is_same_v<decltype(member), const std::vector<RunRecord>&>) {
      sink.begin_list(false);
      tell_runs();
      sink.end_list();
    } else {
      tell(sink, field, member);
    }
  });
}

}  // namespace nbasync::protocol
