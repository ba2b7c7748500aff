#include "copy/side.hpp"

#include "db/table_sql.hpp"

namespace nbasync {

Side side_of_file(Connection& file, const std::string& name, const std::stop_token& stop) {
  return {file, name,
          [&file, stop](const std::string& sql, const std::function<void(Row)>& row) {
            file.each(sql, {}, row, stop);
          },
          [&file, stop](const Table& table, const std::function<void(const Side::TakeRow&)>& rows) {
            const auto insert =
                table_sql::insert(table, table.columns, file.columns_of(table.name, stop));
            rows([&](std::span<const Value> row) { file.run(insert, row, stop); });
          }};
}

Side side_of_server(PostgresConnection& server, const std::string& name,
                    const std::stop_token& stop) {
  return {
      server, name,
      [&server, stop](const std::string& sql, const std::function<void(Row)>& row) {
        server.each_of_many(sql, row, stop);
      },
      [&server, stop](const Table& table, const std::function<void(const Side::TakeRow&)>& rows) {
        server.fill(table, rows, stop);
      }};
}

}  // namespace nbasync
