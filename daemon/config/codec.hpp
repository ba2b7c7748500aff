#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "config/yaml_node.hpp"

namespace nbasync {

// A kind of value: how to read it from YAML, and how to write it back.
template <typename T>
struct Codec {
  // Throws Error(kInvalidArgument) that says why; who calls it adds key and place.
  std::function<T(const YamlNode&)> read;
  std::function<std::optional<std::string>(const T&)> write;  // nullopt: null
};

// The text of a scalar; `what` ("a duration") is for the message if the node is none.
const std::string& scalar(const YamlNode& node, std::string_view what);

// The same, neither empty nor with a line break.
std::string one_line(const YamlNode& node, std::string_view what);

// The path, absolute; a relative one is taken from the folder of the file that the node is in.
std::filesystem::path from_folder_of(const YamlNode& node, const std::filesystem::path& path);

Codec<int> integer(int least, int most);
Codec<bool> truth();
Codec<Duration> duration(Duration least, Duration most);
Codec<std::string> text();                 // one line, not empty
Codec<std::string> header_value();         // null: empty, not sent
Codec<std::string> secret_header_value();  // the same, masked where it is written
Codec<std::string> season();               // "auto", "2025-26"
Codec<std::filesystem::path> file_path();

// Of something in the configuration: it is part of log lines and paths.
inline constexpr std::string_view kLettersOfNames =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
Codec<std::string> plain_name();

Codec<unsigned> file_mode();  // "0666": for reading and writing

// One of a few words.
template <typename T>
Codec<T> word(std::vector<std::pair<std::string_view, T>> words) {
  return {[words](const YamlNode& node) {
            const auto& given = scalar(node, "a word");
            std::vector<std::string_view> known;
            for (const auto& [name, value] : words) {
              if (name == given) return value;
              known.push_back(name);
            }
            throw Error(Errc::kInvalidArgument,
                        format("'{}' is not known here{}", excerpt(given), suggest(given, known)));
          },
          [words](const T& value) -> std::optional<std::string> {
            for (const auto& [name, known] : words) {
              if (known == value) return std::string(name);
            }
            return std::nullopt;
          }};
}

// What `codec` takes, or null.
template <typename T>
Codec<std::optional<T>> optional(Codec<T> codec) {
  return {[codec](const YamlNode& node) -> std::optional<T> {
            if (node.kind == YamlNode::Kind::kNull) return std::nullopt;
            return codec.read(node);
          },
          [codec](const std::optional<T>& value) {
            return value ? codec.write(*value) : std::nullopt;
          }};
}

}  // namespace nbasync
