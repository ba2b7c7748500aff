#pragma once

#include <string>
#include <vector>

#include "store/difference.hpp"

namespace nbasync {

// What a guard says of a change that it lets through.
struct Judgement {
  std::string note;           // what is worth saying
  std::vector<Claim> claims;  // what is to be remembered
};

// A good row is worth more than a new answer: the one place that decides what of `found` is
// believed, by the change's Expectation. Rows that must stay are taken out of found.deletes. Throws
// Error(kUpstreamEmpty) for an answer without rows where there must be some, and kUpstreamShort for
// one that lacks too many, unless by force; `judgement` is filled in all the same: the same loss in
// three runs over a day is believed, if it is a small part of the scope. Pure.
void judge(const TableChange& change, const SeasonFacts& facts, Difference& found,
           Judgement& judgement);

}  // namespace nbasync
