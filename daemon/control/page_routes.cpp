#include "control/handlers.hpp"
#include "control/page_reply.hpp"

namespace nbasync::handle {

void get_page(const Call& call) { call.answer(page_reply("index.html", call.request)); }

void get_page_file(const Call& call) { call.answer(page_reply(call.name, call.request)); }

}  // namespace nbasync::handle
