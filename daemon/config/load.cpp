#include "config/load.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "config/describe.hpp"
#include "config/yaml_reader.hpp"

namespace nbasync {
namespace {

namespace fs = std::filesystem;

// Runs a step that does not know where it is, and adds that to what it throws.
template <typename Step>
auto at(const YamlMark& mark, const std::string& key, const Step& step) {
  try {
    return step();
  } catch (const Error& error) {
    if (error.code() != Errc::kInvalidArgument) throw;
    throw error_at(mark, format("{}: {}", key, error.what()));
  }
}

Key& find(std::vector<Key>& keys, const Key& parent, const YamlNode::Member& member,
          const std::string& path) {
  const auto named = [&](const Key& key) { return key.name == member.key; };
  const auto found = std::find_if(keys.begin(), keys.end(), named);
  if (found != keys.end()) return *found;
  if (parent.adopt) {
    return keys.emplace_back(at(member.mark, path, [&] { return parent.adopt(member.key); }));
  }
  std::vector<std::string_view> known(keys.size());
  std::transform(keys.begin(), keys.end(), known.begin(),
                 [](const Key& key) { return std::string_view(key.name); });
  throw error_at(member.mark, format("'{}' is not a key{}{}", excerpt(member.key),
                                     parent.name.empty() ? "" : format(" of '{}'", parent.name),
                                     suggest(member.key, known)));
}

void read_key(Key& key, const YamlNode::Member& member, const std::string& prefix,
              Origins& origins);

// A section without content is one whose keys are all commented out.
void read_section(Key& section, const YamlNode& node, const std::string& prefix, Origins& origins) {
  section.begin();
  if (node.kind == YamlNode::Kind::kNull) return;
  if (node.kind != YamlNode::Kind::kMap) {
    throw error_at(node.mark, section.name.empty()
                                  ? std::string("a configuration is a map: lines of 'key: value'")
                                  : format("{}: it has keys of its own, and takes no value",
                                           prefix.substr(0, prefix.size() - 1)));
  }
  for (const auto& member : node.members) {
    read_key(find(section.keys, section, member, prefix + member.key), member, prefix, origins);
  }
  if (!section.name.empty()) {
    at(node.mark, prefix.substr(0, prefix.size() - 1), [&] { section.check(); });
  }
}

void read_list(Key& list, const YamlNode& node, const std::string& path, Origins& origins) {
  if (node.kind == YamlNode::Kind::kNull) return;
  if (node.kind != YamlNode::Kind::kSequence) {
    throw error_at(node.mark, format("{}: it is a list: lines of '- …'", path));
  }
  list.clear();
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    // What is empty has the place of what follows it: the list's says more.
    if (node.items[i].kind == YamlNode::Kind::kNull) {
      throw error_at(node.mark,
                     format("{}[{}]: it is empty; give it keys, or remove its '-'", path, i));
    }
    Key item = list.add();
    read_section(item, node.items[i], format("{}[{}].", path, i), origins);
  }
}

void read_key(Key& key, const YamlNode::Member& member, const std::string& prefix,
              Origins& origins) {
  const auto path = prefix + member.key;
  if (key.is_section()) {
    read_section(key, member.value, path + '.', origins);
    return;
  }
  if (key.is_list()) {
    read_list(key, member.value, path, origins);
  } else {
    at(member.value.mark, path, [&] { key.read(member.value); });
  }
  origins[prefix + key.name] = format("{}:{}", *member.mark.file, member.mark.line);
}

[[noreturn]] void refuse_file(const fs::path& file, const std::string& why) {
  throw Error(Errc::kBadConfiguration, format("{}: {}", file.string(), why));
}

// nullopt if there is none.
std::optional<std::string> read_file(const fs::path& file) {
  std::error_code trouble;
  const auto status = fs::status(file, trouble);
  if (status.type() == fs::file_type::not_found) return std::nullopt;
  if (!trouble && !fs::is_regular_file(status)) refuse_file(file, "not a regular file");
  std::ifstream stream(file, std::ios::binary);
  if (!stream) refuse_file(file, format("cannot be read: {}", std::strerror(errno)));
  constexpr std::size_t kEnough = (1 << 20) + 1;  // parse_yaml refuses one of that size
  std::string text(kEnough, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad()) refuse_file(file, format("cannot be read: {}", std::strerror(errno)));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

// What editors and the package manager leave, and what is hidden, needs no word.
bool is_leftover(const std::string& name) {
  return name.starts_with('.') || name.starts_with('#') || name.ends_with('~') ||
         name.ends_with(".bak") || name.find(".dpkg-") != name.npos ||
         name.find(".ucf-") != name.npos;
}

std::vector<fs::path> drop_ins(const fs::path& folder, std::vector<fs::path>& ignored) {
  std::vector<fs::path> files;
  std::error_code trouble;
  if (folder.empty() || !fs::exists(folder, trouble)) return files;
  for (const auto& entry : fs::directory_iterator(folder, trouble)) {
    const auto name = entry.path().filename().string();
    if (is_leftover(name)) continue;
    (entry.path().extension() == ".yaml" ? files : ignored).push_back(entry);
  }
  if (trouble) refuse_file(folder, "cannot be listed: " + trouble.message());
  std::sort(files.begin(), files.end());
  std::sort(ignored.begin(), ignored.end());
  return files;
}

}  // namespace

LoadedConfig load_config(const ConfigFiles& files) {
  LoadedConfig loaded;
  Key root = section("", describe(loaded.config));
  const auto overlay = [&](const fs::path& file) {
    const auto text = read_file(file);
    if (!text) return false;
    read_section(root, parse_yaml(*text, file.string()), "", loaded.origins);
    return true;
  };
  if (!overlay(files.main) && files.must_exist) refuse_file(files.main, "there is no such file");
  for (const auto& file : drop_ins(files.drop_ins, loaded.ignored)) overlay(file);
  return loaded;
}

}  // namespace nbasync
