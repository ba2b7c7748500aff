#include "control/handlers.hpp"
#include "control/media.hpp"
#include "control/openapi.hpp"
#include "control/tagged_reply.hpp"

namespace nbasync::handle {

void get_openapi(const Call& call) {
  const auto& document = openapi_document();
  call.answer(tagged_reply(media::kJson, document.text, document.etag,
                           call.request.header("if-none-match")));
}

void get_openapi(Api&, const Call& call) { get_openapi(call); }

}  // namespace nbasync::handle
