#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace simdjson::dom {
class element;
class parser;
}  // namespace simdjson::dom

namespace nbasync {

// A JSON parser that keeps its buffers from document to document: make one and reuse it. One thread
// at a time.
class JsonDecoder {
 public:
  JsonDecoder();
  ~JsonDecoder();

  // Parses and validates the whole document, an object nested at most 64 deep. What is returned
  // lives until the next call. `endpoint` names the document in messages. Throws
  // Error(kUpstreamMalformed), also for the error objects that upstream sends with status 200.
  simdjson::dom::element parse(const std::string& body, std::string_view endpoint);

 private:
  std::unique_ptr<simdjson::dom::parser> parser_;
};

}  // namespace nbasync
