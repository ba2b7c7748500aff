#pragma once

#include <cstddef>
#include <memory>

#include <nlohmann/json_fwd.hpp>

#include "model/fields.hpp"

namespace nbasync::ctl {

using Json = std::shared_ptr<const nlohmann::json>;

// What the daemon has answered: for people as the model has it, its texts on one line and fit for a
// terminal; for programs as it came, with what only a newer client would know.
template <typename T>
struct Answer {
  T value{};
  Json json;

  const T* operator->() const { return &value; }
};

// Throws Error(kInternal) for what is not the JSON of a T. For the types that answer.cpp names.
template <typename T>
Answer<T> answer_of(nlohmann::json json);

// The member of that name, null if there is none; the item of a list.
Json member_of(const Json& object, const char* name);
Json item_of(const Json& list, std::size_t index);

// A part of an answer, as part_of(status, &Status::schedules).
template <typename T, typename Part>
Answer<Part> part_of(const Answer<T>& whole, Part T::*member) {
  const Part& part = whole.value.*member;
  const char* name = "";
  visit_fields(whole.value, [&](const Field& field, const auto& each) {
    if (static_cast<const void*>(&each) == &part) name = field.name;
  });
  return {part, member_of(whole.json, name)};
}

}  // namespace nbasync::ctl
