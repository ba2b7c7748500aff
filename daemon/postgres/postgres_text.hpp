#pragma once

#include <span>
#include <string>
#include <string_view>

#include "dataset/dataset.hpp"

// Values as PostgreSQL reads them in the text of a statement. It takes neither NUL nor bytes that
// are no UTF-8: U+FFFD stands for them. Pure.
namespace nbasync::postgres_text {

// The text that it takes.
std::string clean(std::string_view text);

// As the text of a parameter; not for NULL.
std::string parameter(const Value& value);

// E'…': the same whatever the server's standard_conforming_strings.
std::string literal(std::string_view text);

// The statement with the values in the places of $1, $2, …; it has no other $. As a part of a
// message of several statements, which take no parameters.
std::string with_values(std::string_view sql, std::span<const Value> values);

// Appends a row as a line of COPY's text format.
void append_copied(std::string& lines, std::span<const Value> row);

// The inside of an array's literal, element by element: {1,"a b",NULL}.
class Array {
 public:
  void add(const Value& value);
  std::string text() const { return text_ + '}'; }

 private:
  std::string text_ = "{";
};

}  // namespace nbasync::postgres_text
