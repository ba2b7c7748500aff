#pragma once

#include <utility>
#include <variant>

#include "base/error.hpp"

namespace nbasync {

// What work gave, or why it could not. monostate for work that gives nothing.
template <typename T>
using Result = std::variant<T, Error>;

// The error, nullptr if there is none.
template <typename T>
const Error* error_of(const Result<T>& result) {
  return std::get_if<Error>(&result);
}

// The value; throws the error.
template <typename T>
const T& value_of(const Result<T>& result) {
  if (const auto* error = error_of(result)) throw Error(*error);
  return std::get<T>(result);
}
template <typename T>
T value_of(Result<T>&& result) {
  if (const auto* error = error_of(result)) throw Error(*error);
  return std::get<T>(std::move(result));
}

}  // namespace nbasync
