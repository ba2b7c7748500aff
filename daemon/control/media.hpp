#pragma once

// The content types of what the routes answer.
namespace nbasync::media {

inline constexpr const char* kJson = "application/json";
inline constexpr const char* kProblem = "application/problem+json";
inline constexpr const char* kCsv = "text/csv; charset=utf-8; header=present";
inline constexpr const char* kSqlite = "application/vnd.sqlite3";
inline constexpr const char* kLines = "application/x-ndjson";
inline constexpr const char* kEvents = "text/event-stream";
inline constexpr const char* kText = "text/plain; charset=utf-8";
inline constexpr const char* kMetrics = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace nbasync::media
