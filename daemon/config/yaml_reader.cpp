#include "config/yaml_reader.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <memory>
#include <sstream>
#include <string_view>
#include <vector>

#include "base/format.hpp"
#include "config/text_check.hpp"

namespace nbasync {
namespace {

constexpr std::size_t kMaxBytes = 1 << 20;
constexpr std::size_t kMaxDepth = 16;
constexpr std::size_t kMaxMembers = 1000;  // each new key is compared with those before it

// Builds the tree from the parser's events; aliases never get as far as being expanded.
class TreeBuilder final : public YAML::EventHandler {
 public:
  // root.mark names the file.
  explicit TreeBuilder(YamlNode& root) : root_(root), file_(root.mark.file) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (started_) throw error_at(at(mark), "a second document begins; one file is one document");
    started_ = true;
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    place(YamlNode::Kind::kNull, mark, "", anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw error_at(at(mark), "aliases (*name) are not supported; write the value out");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    if (expects_key()) return add_key(mark, value);
    YamlNode& node = place(YamlNode::Kind::kScalar, mark, tag, anchor);
    node.text = value;
    node.quoted = tag == "!";
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open_.push_back(&place(YamlNode::Kind::kSequence, mark, tag, anchor));
  }
  void OnSequenceEnd() override { open_.pop_back(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open_.push_back(&place(YamlNode::Kind::kMap, mark, tag, anchor));
  }
  void OnMapEnd() override { open_.pop_back(); }

  // The parser counts from 0, and has no place for some errors.
  YamlMark at(const YAML::Mark& mark) const {
    const bool known = !mark.is_null();
    return {file_, known ? mark.line + 1 : 1, known ? mark.column + 1 : 1};
  }

 private:
  bool expects_key() const {
    return !open_.empty() && open_.back()->kind == YamlNode::Kind::kMap && !has_key_;
  }

  void add_key(const YAML::Mark& mark, const std::string& key) {
    auto& members = open_.back()->members;
    for (const auto& member : members) {
      if (member.key != key) continue;
      throw error_at(at(mark), format("'{}' is here a second time; it was set at line {} already",
                                      key, member.mark.line));
    }
    if (members.size() == kMaxMembers) throw error_at(at(mark), "too many keys");
    members.push_back({key, at(mark), {}});
    has_key_ = true;
  }

  // The node that the event begins: the root, the next item, or the value of the last key.
  YamlNode& place(YamlNode::Kind kind, const YAML::Mark& mark, std::string_view tag,
                  YAML::anchor_t anchor) {
    if (expects_key()) throw error_at(at(mark), "a key is missing, or is not a plain word");
    if (anchor != 0) throw error_at(at(mark), "anchors (&name) are not supported");
    if (!tag.empty() && tag != "?" && tag != "!")
      throw error_at(at(mark), "tags are not supported");
    if (open_.size() == kMaxDepth) throw error_at(at(mark), "nested too deep");
    has_key_ = false;
    YamlNode* node = &root_;
    if (!open_.empty()) {
      YamlNode& parent = *open_.back();
      node = parent.kind == YamlNode::Kind::kMap ? &parent.members.back().value
                                                 : &parent.items.emplace_back();
    }
    node->kind = kind;
    node->mark = at(mark);
    return *node;
  }

  YamlNode& root_;
  std::shared_ptr<const std::string> file_;
  std::vector<YamlNode*> open_;  // stable: a vector grows only when its last element is closed
  bool started_ = false;
  bool has_key_ = false;  // the innermost map has a key that waits for its value
};

}  // namespace

Error error_at(const YamlMark& mark, const std::string& what) {
  return {Errc::kBadConfiguration,
          format("{}:{}:{}: {}", *mark.file, mark.line, mark.column, what)};
}

YamlNode parse_yaml(const std::string& text, const std::string& name) {
  YamlNode root;
  root.mark.file = std::make_shared<const std::string>(name);
  if (text.size() > kMaxBytes) throw error_at(root.mark, "the file is over 1 MiB");
  if (const auto bad = find_non_text(text)) {
    throw error_at({root.mark.file, bad->line, bad->column}, "this byte is not UTF-8 text");
  }
  TreeBuilder builder(root);
  // The parser takes an open quote for closed if the text ends with a line break.
  std::istringstream stream(text.substr(0, text.find_last_not_of(" \t\r\n") + 1));
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    throw error_at(builder.at(error.mark), "bad YAML: " + error.msg);
  }
  return root;
}

}  // namespace nbasync
