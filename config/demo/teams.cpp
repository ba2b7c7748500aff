#include "demo/teams.hpp"

namespace nbasync::demo {
namespace {

constexpr auto kEast = Zone::kEastern;
constexpr auto kCentral = Zone::kCentral;
constexpr auto kMountain = Zone::kMountain;
constexpr auto kPacific = Zone::kPacific;

constexpr std::array<DefunctTeam, 6> kDefunct{{
    {1610610023, 1949, 1949},
    {1610610024, 1947, 1954},
    {1610610029, 1948, 1948},
    {1610610030, 1949, 1952},
    {1610610034, 1946, 1949},
    {1610610036, 1946, 1950},
}};

}  // namespace

// clang-format off
const std::array<Team, kTeamCount> kTeams{{
    {1610612738, "BOS", "Boston", "Celtics", "celtics", "Atlantic", 1946, kEast, "TD Garden", "Boston", "MA"},
    {1610612741, "CHI", "Chicago", "Bulls", "bulls", "Central", 1966, kCentral, "United Center", "Chicago", "IL"},
    {1610612737, "ATL", "Atlanta", "Hawks", "hawks", "Southeast", 1949, kEast, "State Farm Arena", "Atlanta", "GA"},
    {1610612751, "BKN", "Brooklyn", "Nets", "nets", "Atlantic", 1976, kEast, "Barclays Center", "Brooklyn", "NY"},
    {1610612739, "CLE", "Cleveland", "Cavaliers", "cavaliers", "Central", 1970, kEast, "Rocket Arena", "Cleveland", "OH"},
    {1610612766, "CHA", "Charlotte", "Hornets", "hornets", "Southeast", 1988, kEast, "Spectrum Center", "Charlotte", "NC"},
    {1610612752, "NYK", "New York", "Knicks", "knicks", "Atlantic", 1946, kEast, "Madison Square Garden", "New York", "NY"},
    {1610612765, "DET", "Detroit", "Pistons", "pistons", "Central", 1948, kEast, "Little Caesars Arena", "Detroit", "MI"},
    {1610612748, "MIA", "Miami", "Heat", "heat", "Southeast", 1988, kEast, "Kaseya Center", "Miami", "FL"},
    {1610612755, "PHI", "Philadelphia", "76ers", "sixers", "Atlantic", 1949, kEast, "Xfinity Mobile Arena", "Philadelphia", "PA"},
    {1610612754, "IND", "Indiana", "Pacers", "pacers", "Central", 1976, kEast, "Gainbridge Fieldhouse", "Indianapolis", "IN"},
    {1610612753, "ORL", "Orlando", "Magic", "magic", "Southeast", 1989, kEast, "Kia Center", "Orlando", "FL"},
    {1610612761, "TOR", "Toronto", "Raptors", "raptors", "Atlantic", 1995, kEast, "Scotiabank Arena", "Toronto", "ON"},
    {1610612749, "MIL", "Milwaukee", "Bucks", "bucks", "Central", 1968, kCentral, "Fiserv Forum", "Milwaukee", "WI"},
    {1610612764, "WAS", "Washington", "Wizards", "wizards", "Southeast", 1961, kEast, "Capital One Arena", "Washington", "DC"},
    {1610612743, "DEN", "Denver", "Nuggets", "nuggets", "Northwest", 1976, kMountain, "Ball Arena", "Denver", "CO"},
    {1610612744, "GSW", "Golden State", "Warriors", "warriors", "Pacific", 1946, kPacific, "Chase Center", "San Francisco", "CA"},
    {1610612742, "DAL", "Dallas", "Mavericks", "mavericks", "Southwest", 1980, kCentral, "American Airlines Center", "Dallas", "TX"},
    {1610612750, "MIN", "Minnesota", "Timberwolves", "timberwolves", "Northwest", 1989, kCentral, "Target Center", "Minneapolis", "MN"},
    {1610612746, "LAC", "LA", "Clippers", "clippers", "Pacific", 1970, kPacific, "Intuit Dome", "Inglewood", "CA"},
    {1610612745, "HOU", "Houston", "Rockets", "rockets", "Southwest", 1967, kCentral, "Toyota Center", "Houston", "TX"},
    {1610612760, "OKC", "Oklahoma City", "Thunder", "thunder", "Northwest", 1967, kCentral, "Paycom Center", "Oklahoma City", "OK"},
    {1610612747, "LAL", "Los Angeles", "Lakers", "lakers", "Pacific", 1948, kPacific, "Crypto.com Arena", "Los Angeles", "CA"},
    {1610612763, "MEM", "Memphis", "Grizzlies", "grizzlies", "Southwest", 1995, kCentral, "FedExForum", "Memphis", "TN"},
    {1610612757, "POR", "Portland", "Trail Blazers", "blazers", "Northwest", 1970, kPacific, "Moda Center", "Portland", "OR"},
    {1610612756, "PHX", "Phoenix", "Suns", "suns", "Pacific", 1968, Zone::kArizona, "Mortgage Matchup Center", "Phoenix", "AZ"},
    {1610612740, "NOP", "New Orleans", "Pelicans", "pelicans", "Southwest", 2002, kCentral, "Smoothie King Center", "New Orleans", "LA"},
    {1610612762, "UTA", "Utah", "Jazz", "jazz", "Northwest", 1974, kMountain, "Delta Center", "Salt Lake City", "UT"},
    {1610612758, "SAC", "Sacramento", "Kings", "kings", "Pacific", 1948, kPacific, "Golden 1 Center", "Sacramento", "CA"},
    {1610612759, "SAS", "San Antonio", "Spurs", "spurs", "Southwest", 1976, kCentral, "Frost Bank Center", "San Antonio", "TX"},
}};
// clang-format on

std::span<const DefunctTeam> defunct_teams() { return kDefunct; }

}  // namespace nbasync::demo
