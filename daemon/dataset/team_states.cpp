#include "dataset/team_states.hpp"

#include <array>

namespace nbasync {
namespace {

constexpr std::int64_t kFirstTeam = 1610612737;

// By team id, which run without a gap.
constexpr std::array<std::string_view, 30> kStates = {
    "Georgia",               // 1610612737 ATL
    "Massachusetts",         // 1610612738 BOS
    "Ohio",                  // 1610612739 CLE
    "Louisiana",             // 1610612740 NOP
    "Illinois",              // 1610612741 CHI
    "Texas",                 // 1610612742 DAL
    "Colorado",              // 1610612743 DEN
    "California",            // 1610612744 GSW
    "Texas",                 // 1610612745 HOU
    "California",            // 1610612746 LAC
    "California",            // 1610612747 LAL
    "Florida",               // 1610612748 MIA
    "Wisconsin",             // 1610612749 MIL
    "Minnesota",             // 1610612750 MIN
    "New York",              // 1610612751 BKN
    "New York",              // 1610612752 NYK
    "Florida",               // 1610612753 ORL
    "Indiana",               // 1610612754 IND
    "Pennsylvania",          // 1610612755 PHI
    "Arizona",               // 1610612756 PHX
    "Oregon",                // 1610612757 POR
    "California",            // 1610612758 SAC
    "Texas",                 // 1610612759 SAS
    "Oklahoma",              // 1610612760 OKC
    "Ontario",               // 1610612761 TOR
    "Utah",                  // 1610612762 UTA
    "Tennessee",             // 1610612763 MEM
    "District of Columbia",  // 1610612764 WAS
    "Michigan",              // 1610612765 DET
    "North Carolina",        // 1610612766 CHA
};

}  // namespace

std::string_view state_of_team(std::int64_t team_id) {
  if (team_id < kFirstTeam || team_id >= kFirstTeam + std::int64_t{kStates.size()}) return {};
  return kStates[static_cast<std::size_t>(team_id - kFirstTeam)];
}

}  // namespace nbasync
