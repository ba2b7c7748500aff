#include "store/view_schema.hpp"

#include <xxhash.h>

#include <string_view>

#include "base/format.hpp"
#include "dataset/views.hpp"

namespace nbasync::view_schema {
namespace {

constexpr std::string_view kMark = "nbasync: made by nbasyncd, and made again by it";

// What has the name of a view.
struct There {
  std::string kind;        // "view", "table", …; empty: nothing
  std::string mark;        // what tells whose it is, and of which text
  bool is_needed = false;  // by an object that is not ours
};

// SQLite keeps the statement as it is, with the comment in it.
std::string statement_of_file(const View& view) {
  return format("CREATE VIEW {} AS /* {} */ {}", view.name, kMark, view.select);
}

// PostgreSQL has a comment beside the view.
std::string mark_of_server(const View& view) {
  return format("{}, {:016x}", kMark, XXH3_64bits(view.select.data(), view.select.size()));
}

std::string mark_of(const View& view, DatabaseKind kind) {
  return kind == DatabaseKind::kFile ? statement_of_file(view) : mark_of_server(view);
}

There look(Connection& connection, const View& view, const std::stop_token& stop) {
  const bool is_file = connection.kind() == DatabaseKind::kFile;
  const std::string sql =
      is_file
          ? "SELECT type, coalesce(sql, ''), 0 FROM sqlite_schema WHERE lower(name) = $1"
          : "SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'r' THEN 'table' ELSE 'relation' END, "
            "coalesce(obj_description(c.oid, 'pg_class'), ''), (SELECT count(*) FROM pg_depend AS "
            "d LEFT JOIN pg_rewrite AS r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid "
            "WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.deptype = 'n' "
            "AND r.ev_class IS DISTINCT FROM c.oid) FROM pg_class AS c WHERE c.relnamespace = "
            "current_schema()::regnamespace AND c.relname = $1";
  const Value values[] = {std::string(view.name)};
  There there;
  connection.each(
      sql, values,
      [&](const Row& row) {
        there = {to_text(row[0]), to_text(row[1]), to_integer(row[2]) > 0};
      },
      stop);
  return there;
}

bool is_ours(const There& there) {
  return there.kind == "view" && there.mark.find(kMark) != std::string::npos;
}

}  // namespace

std::string text() {
  std::string all(kMark);
  for (const View& view : views()) all += format("{} {}\n", view.name, view.select);
  return all;
}

void bring(Connection& connection, const std::stop_token& stop) {
  const auto run = [&](const std::string& sql) { connection.run(sql, {}, stop); };
  for (const View& view : views()) {
    const auto there = look(connection, view, stop);
    const auto mark = mark_of(view, connection.kind());
    if (there.mark == mark) continue;
    if (!there.kind.empty() && (!is_ours(there) || there.is_needed)) continue;
    if (!there.kind.empty()) run(format("DROP VIEW {}", view.name));
    if (connection.kind() == DatabaseKind::kFile) {
      run(statement_of_file(view));
    } else {
      run(format("CREATE VIEW {} AS {}", view.name, view.select));
      run(format("COMMENT ON VIEW {} IS '{}'", view.name, mark));
    }
  }
}

std::vector<std::string> strangers(Connection& connection, const std::stop_token& stop) {
  std::vector<std::string> found;
  for (const View& view : views()) {
    const auto there = look(connection, view, stop);
    if (there.kind.empty()) {
      found.push_back(format("{} (is not there)", view.name));
    } else if (!is_ours(there)) {
      found.push_back(format("{} (a {} that is not ours)", view.name, there.kind));
    } else if (there.mark != mark_of(view, connection.kind())) {
      found.push_back(format("{} (of another version)", view.name));
    }
  }
  return found;
}

}  // namespace nbasync::view_schema
