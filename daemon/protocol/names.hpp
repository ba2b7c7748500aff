#pragma once

// The names of the contract that daemon and client share.
namespace nbasync::protocol {

inline constexpr const char* kVersion = NBASYNC_VERSION;
inline constexpr const char* kBusName = "org.nbasync.Sync1";
inline constexpr const char* kObjectPath = "/org/nbasync/Sync1";
inline constexpr const char* kInterface = "org.nbasync.Sync1.Manager";
inline constexpr const char* kErrorPrefix = "org.nbasync.Sync1.Error.";
inline constexpr const char* kSocketPath = "/run/nbasync.sock";

// The code with which HTTP answers (503) that there is no data yet.
inline constexpr const char* kFirstSync = "first-sync";

inline constexpr const char* kGroup = "nbasync";  // whose members may change things

}  // namespace nbasync::protocol
