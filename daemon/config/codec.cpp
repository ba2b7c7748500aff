#include "config/codec.hpp"

#include <charconv>
#include <system_error>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "model/season.hpp"

namespace nbasync {
namespace {

[[noreturn]] void refuse(const std::string& why) { throw Error(Errc::kInvalidArgument, why); }

std::optional<std::string> as_is(const std::string& value) { return value; }

std::optional<int> parse_int(std::string_view digits) {
  int value = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace

const std::string& scalar(const YamlNode& node, std::string_view what) {
  switch (node.kind) {
    case YamlNode::Kind::kNull:
      refuse(format("it has no value, but needs {}", what));
    case YamlNode::Kind::kSequence:
      refuse(format("it is a list, but needs {}", what));
    case YamlNode::Kind::kMap:
      refuse(format("it has keys of its own, but needs {}", what));
    case YamlNode::Kind::kScalar:
      break;
  }
  return node.text;
}

std::string one_line(const YamlNode& node, std::string_view what) {
  const auto& value = scalar(node, what);
  if (value.empty()) refuse(format("it is empty, but needs {}", what));
  if (value.find_first_of("\r\n") != std::string::npos) refuse("it must be one line");
  return value;
}

std::filesystem::path from_folder_of(const YamlNode& node, const std::filesystem::path& path) {
  return (std::filesystem::absolute(*node.mark.file).parent_path() / path).lexically_normal();
}

Codec<int> integer(int least, int most) {
  return {[=](const YamlNode& node) {
            const auto& digits = scalar(node, "a number");
            const auto value = node.quoted ? std::nullopt : parse_int(digits);
            if (!value) refuse(format("'{}' is not a whole number", excerpt(digits)));
            if (*value < least || *value > most) {
              refuse(format("{} is out of range: {} to {}", *value, least, most));
            }
            return *value;
          },
          [](const int& value) { return std::to_string(value); }};
}

Codec<bool> truth() {
  return {[](const YamlNode& node) {
            const auto& given = scalar(node, "true or false");
            if (node.quoted || (given != "true" && given != "false")) {
              refuse(format("'{}' is not true or false", excerpt(given)));
            }
            return given == "true";
          },
          [](const bool& value) { return value ? "true" : "false"; }};
}

Codec<Duration> duration(Duration least, Duration most) {
  return {[=](const YamlNode& node) {
            const auto value = parse_duration(scalar(node, "a duration such as 30s"));
            if (value < least || value > most) {
              refuse(format("{} is out of range: {} to {}", node.text, format_duration(least),
                            format_duration(most)));
            }
            return value;
          },
          [](const Duration& value) { return format_duration(value); }};
}

Codec<std::string> text() {
  return {[](const YamlNode& node) { return one_line(node, "a text"); }, as_is};
}

Codec<std::string> header_value() {
  return {
      [](const YamlNode& node) {
        return node.kind == YamlNode::Kind::kNull ? "" : one_line(node, "a text, or null");
      },
      [](const std::string& value) { return value.empty() ? std::nullopt : std::optional(value); }};
}

Codec<std::string> secret_header_value() {
  auto codec = header_value();
  codec.write = [](const std::string& value) {
    return value.empty() ? std::nullopt : std::optional<std::string>("***");
  };
  return codec;
}

Codec<std::filesystem::path> file_path() {
  return {[](const YamlNode& node) {
            const std::filesystem::path path = one_line(node, "a path");
            if (!path.has_filename())
              refuse(format("'{}' is a folder, not a file", excerpt(node.text)));
            return from_folder_of(node, path);
          },
          [](const std::filesystem::path& path) { return path.string(); }};
}

Codec<std::string> plain_name() {
  return {[](const YamlNode& node) {
            auto name = one_line(node, "a name");
            if (name.size() > 64 || name.find_first_not_of(kLettersOfNames) != name.npos) {
              refuse(format("'{}' is no name; up to 64 letters, digits and any of _.- make one",
                            excerpt(name)));
            }
            return name;
          },
          as_is};
}

Codec<unsigned> file_mode() {
  return {[](const YamlNode& node) {
            const auto& digits = scalar(node, "a mode such as 0660");
            unsigned mode = 0;
            const auto* end = digits.data() + digits.size();
            const auto [stop, error] = std::from_chars(digits.data(), end, mode, 8);
            if (error != std::errc{} || stop != end || (mode & ~0666U) != 0) {
              refuse(format("'{}' is no mode; write it like 0660 or 0666", excerpt(digits)));
            }
            return mode;
          },
          [](const unsigned& mode) { return format("{:04o}", mode); }};
}

Codec<std::string> season() {
  return {
      [](const YamlNode& node) {
        const auto& given = scalar(node, "a season such as 2025-26, or auto");
        if (given == "auto") return given;
        if (!season_start_year(given)) {
          refuse(format("'{}' is not a season; write it like 2025-26, or auto", excerpt(given)));
        }
        return given;
      },
      as_is};
}

}  // namespace nbasync
