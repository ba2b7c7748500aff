#pragma once

#include <curl/curl.h>

#include <array>
#include <memory>
#include <stop_token>
#include <string>

#include "net/fetcher_options.hpp"
#include "net/http_answer.hpp"

namespace nbasync {

// Makes HTTP requests, one at a time. Keeps its connections and cookies from one to the next.
// Blocking; one caller at a time, on any thread. The first one made initialises curl, which costs
// 2.4 MB of memory.
class HttpClient {
 public:
  // The options must outlive the client. Throws Error(kInternal) when curl does not start.
  explicit HttpClient(const FetcherOptions& options);

  // Every way that a request can end is an HttpAnswer; throws Error(kInternal) only.
  HttpAnswer get(const std::string& url, const std::stop_token& stop);

  // The same with a body, which goes to this URL and nowhere else: a redirect is the answer.
  HttpAnswer post(const std::string& url, const std::string& body, const std::stop_token& stop);

 private:
  struct EasyCleanup {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
  };
  struct MultiCleanup {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
  };
  struct ListFree {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
  };
  struct Sink;

  static std::size_t take_body(char* data, std::size_t size, std::size_t count,
                               void* sink) noexcept;
  static std::size_t take_header(char* data, std::size_t size, std::size_t count,
                                 void* sink) noexcept;

  void set_up();
  HttpAnswer exchange(const std::string& url, const std::stop_token& stop);
  CURLcode transfer(const std::stop_token& stop);
  HttpAnswer::End end_of(CURLcode result, const Sink& sink, const std::stop_token& stop) const;

  const FetcherOptions& options_;
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  std::unique_ptr<curl_slist, ListFree> headers_;
  std::unique_ptr<CURLM, MultiCleanup> multi_;
  std::unique_ptr<CURL, EasyCleanup> easy_;  // goes before the multi that has its connections
};

}  // namespace nbasync
