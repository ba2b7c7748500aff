#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <variant>
#include <vector>

#include "ctl/verbs/verb.hpp"

namespace nbasync::ctl {

// A member of an object that the client makes up itself.
struct Member {
  const char* name;
  std::variant<std::nullptr_t, bool, std::int64_t, std::string, std::vector<Json>> value;
};

// Prints JSON on out, indented, or on one line as one of a stream.
void print_json(Context& context, const Json& value);
void print_json(Context& context, std::initializer_list<Member> members);
void print_json_line(Context& context, const Json& value);
void print_json_line(Context& context, const Json& object, const Member& and_this);

// Tells on err what an ended run has to say: why it failed. Nothing for a success.
void print_failure(Context& context, const RunRecord& run);

}  // namespace nbasync::ctl
