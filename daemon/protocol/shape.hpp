#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

// Of what shape a member of a list of fields is, for those who write its JSON and who describe it.
namespace nbasync::protocol {

template <typename T>
inline constexpr bool is_vector = false;
template <typename T>
inline constexpr bool is_vector<std::vector<T>> = true;

template <typename T>
inline constexpr bool is_pointer = false;
template <typename T>
inline constexpr bool is_pointer<std::shared_ptr<T>> = true;

// What may be absent.
template <typename T>
inline constexpr bool is_optional = is_pointer<T>;
template <typename T>
inline constexpr bool is_optional<std::optional<T>> = true;

// An object whose keys are no fields.
template <typename T>
inline constexpr bool is_dictionary = false;
template <typename T>
inline constexpr bool is_dictionary<std::map<std::string, T>> = true;

}  // namespace nbasync::protocol
