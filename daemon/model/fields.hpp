#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

namespace nbasync {

// What is told to others has one list of its fields, in itself:
//
//   struct Game {
//     std::string id;
//     std::optional<SystemTime> start;
//
//     template <typename Self, typename Visitor>
//     static void fields(Self& self, Visitor&& visit) {
//       visit(Field{"id"}, self.id);
//       visit(Field{"start", kMillis}, self.start);
//     }
//   };
//
// Its JSON in both directions (protocol/json.hpp), its dictionary on the bus, the columns of the
// log and what the client shows follow from that list.

// How a field is told. A value that may be absent is null then.
enum FieldForm : unsigned {
  kPlain = 0,
  kNullable = 1,  // an empty text or list is null, too
  kOmitted = 2,   // what is empty, absent or false is left out
  kMillis = 4,    // a time with its milliseconds
};

struct Field {
  const char* name;  // in JSON, on the bus, in the database
  unsigned form = kPlain;
  const char* help = "";  // for documents, without its end: "its id"
};

// Calls visit(const Field&, member of `object`) for each.
template <typename Object, typename Visitor>
void visit_fields(Object& object, Visitor&& visit) {
  std::remove_const_t<Object>::fields(object, std::forward<Visitor>(visit));
}

// A type with such a list.
template <typename T>
concept Fielded = requires(const T& object) {
  T::fields(object, [](const Field&, const auto&) {});
};

}  // namespace nbasync
