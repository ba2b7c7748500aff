#pragma once

#include <functional>
#include <span>
#include <string>

#include "control/authorization.hpp"
#include "control/route.hpp"
#include "http/application.hpp"

namespace nbasync {

// What is done with a request: its route, who may, the parameters of its query, the handler. What
// goes wrong on the way is the answer, in the form of problem.hpp. It has no loop, no socket and no
// time. Loop thread.
class Dispatcher {
 public:
  struct Effects {
    std::function<void(const Route&, const Call&)> run;  // the route's handler; may throw
    std::function<void(int status)> answered;            // told of each answer
  };

  // `routes` must outlive it, and the answers that are still held.
  Dispatcher(std::span<const Route> routes, Authorization authorization, Effects effects);

  // Who may change things over the Unix socket from now on.
  void set_trust(const Trust& trust) { authorization_.set_trust(trust); }

  // Answers, at once or later. Does not throw.
  void handle(const HttpRequest& request, Listener listener, const Answer& answer) const;

  // The problem of a request that did not come so far.
  static HttpReply refuse(HttpFault fault, const std::string& why);

 private:
  void dispatch(const HttpRequest& request, Listener listener, const Answer& answer) const;

  std::span<const Route> routes_;
  Authorization authorization_;
  Effects effects_;
};

}  // namespace nbasync
