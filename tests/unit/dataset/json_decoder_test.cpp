#include "dataset/json_decoder.hpp"

#include <gmock/gmock.h>
#include <simdjson.h>

#include "support/rows.hpp"

namespace nbasync::json_decoder_test {
namespace {

using testing::error_of;
using ::testing::HasSubstr;

struct Fault {
  const char* name;
  std::string body;
  const char* said;
};

class JsonFaultTest : public ::testing::TestWithParam<Fault> {};

TEST_P(JsonFaultTest, IsMalformedAndNamed) {
  JsonDecoder json;
  const Error error = error_of([&] { json.parse(GetParam().body, "teamgamelogs Base"); });
  EXPECT_EQ(error.code(), Errc::kUpstreamMalformed);
  EXPECT_THAT(error.what(), HasSubstr("teamgamelogs Base: "));
  EXPECT_THAT(error.what(), HasSubstr(GetParam().said));
}

std::string nested(int depth) {
  return R"({"a":)" + std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']') + "}";
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, JsonFaultTest,
    ::testing::Values(
        Fault{"Empty", "", "empty body"}, Fault{"Blank", " \r\n", "empty body"},
        Fault{"Html", "<!DOCTYPE html><html>", "not JSON, it begins with"},
        Fault{"ExceptionText", "System.NullReferenceException: Object", "System.NullReference"},
        Fault{"List", "[1]", "not JSON"},
        Fault{"ErrorObject", R"({"Message":"An error has occurred."})", "An error has occurred."},
        Fault{"Truncated", R"({"resultSets":[{"name":)", "not valid JSON"},
        Fault{"Garbage", "{]", "not valid JSON"},
        Fault{"InvalidUtf8", "{\"a\":\"\xff\xfe\"}", "not valid JSON"},
        Fault{"NotANumber", R"({"a":NaN})", "not valid JSON"},
        Fault{"Infinity", R"({"a":1e999})", "not valid JSON"},
        Fault{"TooDeep", nested(64), "not valid JSON"},
        Fault{"VeryDeep", nested(100'000), "not valid JSON"},
        Fault{"TwoDocuments", R"({"a":1}{"b":2})", "not valid JSON"}),
    [](const auto& fault) { return fault.param.name; });

TEST(JsonDecoderTest, SixtyThreeListsInAnObjectAreStillRead) {
  JsonDecoder json;
  EXPECT_NO_THROW(json.parse(nested(62), "x"));
}

TEST(JsonDecoderTest, ReadsOnAfterAFault) {
  JsonDecoder json;
  EXPECT_THROW(json.parse("{", "x"), Error);
  EXPECT_EQ(json.parse(R"({"a":1})", "x")["a"].get_int64().value(), 1);
  EXPECT_EQ(json.parse(R"({"a":2})", "x")["a"].get_int64().value(), 2);
  EXPECT_THROW(json.parse(nested(64), "x"), Error);
}

TEST(JsonDecoderTest, AMessageBesideDataIsNoError) {
  JsonDecoder json;
  EXPECT_NO_THROW(json.parse(R"({"Message":"hello","resultSets":[]})", "x"));
}

TEST(JsonDecoderTest, LargerDocumentsGrowTheBuffers) {
  JsonDecoder json;
  json.parse(R"({"a":1})", "x");
  const std::string large = R"({"a":")" + std::string(3'000'000, 'x') + R"("})";
  EXPECT_EQ(json.parse(large, "x")["a"].get_string().value().size(), 3'000'000U);
  EXPECT_THROW(json.parse(nested(64), "x"), Error);
}

}  // namespace
}  // namespace nbasync::json_decoder_test
