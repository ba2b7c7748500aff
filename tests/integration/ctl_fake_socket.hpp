#pragma once

#include <future>
#include <memory>
#include <optional>
#include <string>

#include "ctl/transport/socket/socket_client.hpp"
#include "ctl_fake.hpp"
#include "protocol/errors.hpp"
#include "support/control_stand_in.hpp"

namespace nbasync::testing {

// The fake behind the routes of the control socket.
class CtlFakeSocket final : public CtlFake {
 public:
  ~CtlFakeSocket() override { leave(); }

  std::unique_ptr<ctl::Client> make_client() override {
    return ctl::make_socket_client(server_ ? server_->path() : "/nonexistent/control.sock");
  }

  void come() override {
    server_.emplace();
    register_routes();
  }
  void go() override { leave(); }

  std::string path() const { return server_->path(); }

  // Before another process asks: what the test has set is seen by the handlers.
  void publish() const { server_->publish(); }

  void emit(const std::string& event, const nlohmann::json& data) override {
    server_->send_events("event: " + event + "\ndata: " + data.dump() + "\n\n");
  }

 private:
  using Request = ControlStandIn::Request;
  using Reply = ControlStandIn::Reply;

  void leave() {
    if (!server_) return;
    release_.set_value();
    server_.reset();
    release_ = {};
  }

  // What behind the last slash of the target stands.
  static std::string last_of(const Request& request) {
    return request.target.substr(request.target.rfind('/') + 1);
  }

  // The answer, or the refusal as a problem document.
  Reply noted(const std::string& call, const nlohmann::json& body, int status_code = 200) {
    try {
      note(call);
      return {.status = status_code, .body = body.dump()};
    } catch (const Error& error) {
      const auto& names = protocol::names_of(error.code());
      return {.status = names.http,
              .body = nlohmann::json{{"code", names.word}, {"detail", error.what()}}.dump(),
              .content_type = "application/problem+json"};
    }
  }

  void register_routes() {
    auto& server = *server_;
    server.answer("GET /api/v1/status",
                  [this](const Request&) { return Reply{.body = status.dump()}; });
    server.answer("GET /api/v1/runs?", [this](const Request& request) {
      listed = {{"target", request.target}};
      return Reply{.body = nlohmann::json::array({run}).dump()};
    });
    server.answer("GET /api/v1/runs/",
                  [this, released = release_.get_future().share()](
                      const Request& request) -> std::optional<Reply> {
                    if (request.target.ends_with("?wait=30s")) {
                      on_wait();
                      if (hold_wait) {
                        released.wait();
                        return std::nullopt;
                      }
                    }
                    return Reply{.body = run.dump()};
                  });
    server.answer("POST /api/admin/sync", [this](const Request& request) {
      synced = nlohmann::json::parse(request.body);
      return noted("sync " + synced.value("sync_type", ""),
                   {{"success", true}, {"run_id", "r1"}, {"disposition", "started"}}, 202);
    });
    server.answer("DELETE /api/v1/runs/", [this](const Request& request) {
      return noted("cancel " + last_of(request), {{"success", true}});
    });
    for (const std::string verb : {"pause", "resume", "reload"}) {
      server.answer("POST /api/v1/" + verb, [this, verb](const Request&) {
        return noted(verb, {{"success", true}});
      });
    }
    server.answer("GET /api/v1/schedules/", [this](const Request& request) {
      return noted("explain " + last_of(request), explanation);
    });
  }

  std::promise<void> release_;
  std::optional<ControlStandIn> server_;
};

}  // namespace nbasync::testing
