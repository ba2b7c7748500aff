#include <gtest/gtest.h>

#include <map>
#include <string>
#include <type_traits>
#include <vector>

#include "dbus/sdbus.hpp"

// The three dialects of sdbus-c++ ask different things of sdbus::signature_of. Only one of them is
// installed: what each does with an element as it writes a list stands here, after its headers.

namespace nbasync {
namespace {

struct Ours {};
using Signature = dbus::DictionarySignature;

// 1.2: operator<<(Message&, const std::vector<Element>&).
template <typename Element>
std::string container_in_1_2() {
  static_assert(std::is_same_v<decltype(Element::is_valid), const bool>);
  return Element::str();
}

// 1.4: Message::serializeArray(). A trivial type would be copied as memory.
template <typename Element>
std::string container_in_1_4() {
  if constexpr (Element::is_trivial_dbus_type) {
    return std::string(1, *Element::str().c_str()) + " as memory";
  } else {
    return Element::str();
  }
}

// 2.x: signature_of<std::vector<Element>>::value, and as_null_terminated().
template <typename Element>
std::string container_in_2() {
  static_assert(!Element::is_trivial_dbus_type);
  constexpr auto kValue = Element::value;
  static_assert(std::is_same_v<typename decltype(kValue)::value_type, char>);
  return {kValue.begin(), kValue.end()};
}

TEST(SignatureTest, OfADictionaryIsTheSameInEachDialect) {
  EXPECT_EQ(container_in_1_2<Signature>(), "a{sv}");
  EXPECT_EQ(container_in_1_4<Signature>(), "a{sv}");
  EXPECT_EQ(container_in_2<Signature>(), "a{sv}");
}

}  // namespace
}  // namespace nbasync

template <>
struct sdbus::signature_of<nbasync::Ours> : nbasync::dbus::DictionarySignature {};

namespace nbasync {
namespace {

sdbus::Message& operator<<(sdbus::Message& message, const Ours&) {
  return message << std::map<std::string, sdbus::Variant>();
}

TEST(SignatureTest, TheInstalledLibraryTakesATypeOfOursInAList) {
  const sdbus::Variant list(std::vector<Ours>(2));
  EXPECT_EQ(std::string(list.peekValueType()), "aa{sv}");
  EXPECT_EQ((list.get<std::vector<std::map<std::string, sdbus::Variant>>>().size()), 2U);
}

}  // namespace
}  // namespace nbasync
