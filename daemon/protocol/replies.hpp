#pragma once

#include <string>

#include "model/fields.hpp"
#include "model/sync_wish.hpp"

// What HTTP answers beside the state of things.
namespace nbasync::protocol {

// An error as application/problem+json; success and error are the predecessor's.
struct Problem {
  std::string type = "about:blank";
  std::string title = {};
  int status = 0;
  std::string detail = {};  // the sentence
  bool success = false;
  std::string error = {};  // the sentence again
  std::string code = {};   // a word of errors.hpp

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"type"}, self.type);
    visit(Field{"title"}, self.title);
    visit(Field{"status"}, self.status);
    visit(Field{"detail"}, self.detail);
    visit(Field{"success"}, self.success);
    visit(Field{"error"}, self.error);
    visit(Field{"code"}, self.code);
  }

  bool operator==(const Problem&) const = default;
};

// A sync that was asked for is admitted.
struct Admission {
  bool success = true;
  std::string run_id = {};
  Disposition disposition = Disposition::kStarted;
  std::string status_endpoint = {};  // where the run is told

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"success"}, self.success);
    visit(Field{"run_id"}, self.run_id);
    visit(Field{"disposition"}, self.disposition);
    visit(Field{"status_endpoint"}, self.status_endpoint);
  }

  bool operator==(const Admission&) const = default;
};

}  // namespace nbasync::protocol
