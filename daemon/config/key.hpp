#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/codec.hpp"
#include "config/yaml_node.hpp"

namespace nbasync {

// A key of the configuration, bound to its place in one Config: a section with keys of its own, or
// a value. Reading, refusing unknown keys, suggesting near ones and dumping all work from these.
struct Key {
  std::string name;

  // Of a value. read throws Error; write gives nullopt for null.
  std::function<void(const YamlNode&)> read;
  std::function<std::optional<std::string>()> write;
  std::function<std::vector<std::string>()> words;  // of a value that is a list: what is written

  // Of a section. One whose keys are free has `adopt`, which makes the key for a name not listed.
  std::vector<Key> keys;
  std::function<Key(const std::string& name)> adopt;
  // Called when the section is written in a file, before and after its keys; `check` throws Error.
  std::function<void()> begin = [] {};
  std::function<void()> check = [] {};
  std::function<bool()> present = [] { return true; };  // else it is not dumped

  // Of a list of sections. A file that has the list replaces it. `add` makes an item, and gives the
  // section that is bound to it until the next call.
  std::function<void()> clear;
  std::function<Key()> add;
  std::function<std::vector<Key>()> items;

  bool is_list() const { return static_cast<bool>(add); }
  bool is_section() const { return !read && !is_list(); }
};

// A value that is read into, and written from, `place`, which must outlive the key.
template <typename T>
Key value(std::string name, T& place, const Codec<T>& codec) {
  Key key;
  key.name = std::move(name);
  key.read = [&place, read = codec.read](const YamlNode& node) { place = read(node); };
  key.write = [&place, write = codec.write] { return write(place); };
  return key;
}

// A value that is a list: [a, b].
template <typename T>
Key list(std::string name, std::vector<T>& place, const Codec<T>& codec) {
  Key key;
  key.name = std::move(name);
  key.read = [&place, read = codec.read](const YamlNode& node) {
    if (node.kind != YamlNode::Kind::kSequence) {
      throw Error(Errc::kInvalidArgument, "it must be a list, like [a, b]");
    }
    std::vector<T> items;
    items.reserve(node.items.size());
    for (const auto& item : node.items) items.push_back(read(item));
    place = std::move(items);
  };
  key.words = [&place, write = codec.write] {
    std::vector<std::string> words;
    words.reserve(place.size());
    for (const auto& item : place) words.push_back(write(item).value_or(""));
    return words;
  };
  key.write = [words = key.words] { return format("[{}]", fmt::join(words(), ", ")); };
  return key;
}

inline Key section(std::string name, std::vector<Key> keys) {
  Key key;
  key.name = std::move(name);
  key.keys = std::move(keys);
  return key;
}

}  // namespace nbasync
