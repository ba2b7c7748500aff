#include "net/http_client.hpp"

#include <new>

#include "base/error.hpp"
#include "base/format.hpp"
#include "net/url.hpp"

namespace nbasync {
namespace {

constexpr long kLowSpeedLimit = 1024;    // bytes a second
constexpr long kAuthoritiesCached = 60;  // seconds; curl's own day would hide a file that is mended

// Once a process and never undone: other threads may be in curl until the very end.
void initialise_curl() {
  static const CURLcode kResult = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (kResult != CURLE_OK) {
    throw Error(Errc::kInternal, format("curl: cannot start: {}", curl_easy_strerror(kResult)));
  }
}

template <typename T>
void set(CURL* easy, CURLoption option, T value) {
  const CURLcode result = curl_easy_setopt(easy, option, value);
  if (result == CURLE_OK) return;
  throw Error(Errc::kInternal,
              format("curl: option {}: {}", static_cast<int>(option), curl_easy_strerror(result)));
}

template <typename T>
T info(CURL* easy, CURLINFO what) {
  T value{};
  curl_easy_getinfo(easy, what, &value);
  return value;
}

}  // namespace

// Where a transfer's callbacks put what arrives.
struct HttpClient::Sink {
  CURL* easy;
  std::uint64_t body_limit;
  long low_speed_time;  // seconds
  std::string body;
  std::uint64_t header_bytes = 0;
  bool body_too_large = false;
  bool headers_too_large = false;
  bool out_of_memory = false;
};

HttpClient::HttpClient(const FetcherOptions& options) : options_(options) {
  initialise_curl();
  multi_.reset(curl_multi_init());
  easy_.reset(curl_easy_init());
  if (!multi_ || !easy_) throw Error(Errc::kInternal, "curl: out of memory");
  for (const auto& [name, value] : options_.headers) {
    curl_slist* const list =
        curl_slist_append(headers_.get(), format("{}: {}", name, value).c_str());
    if (list == nullptr) throw std::bad_alloc();
    (void)headers_.release();
    headers_.reset(list);
  }
  set_up();
}

void HttpClient::set_up() {
  CURL* const easy = easy_.get();
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_QUICK_EXIT, 1L);  // a cancel does not wait for the resolver's thread
  set(easy, CURLOPT_ERRORBUFFER, error_text_.data());
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_MAXREDIRS, kMaxRedirects);
  set(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
  set(easy, CURLOPT_COOKIEFILE, "");  // no file: turns the cookie engine on
  set(easy, CURLOPT_USERAGENT, options_.user_agent.c_str());
  set(easy, CURLOPT_HTTPHEADER, headers_.get());
  // An empty string rather than nothing: the environment must not choose the proxy.
  set(easy, CURLOPT_PROXY, options_.proxy.value_or("").c_str());
  if (options_.ca_file) {
    set(easy, CURLOPT_CAINFO, options_.ca_file->c_str());
    set(easy, CURLOPT_CAPATH, nullptr);
    set(easy, CURLOPT_CA_CACHE_TIMEOUT, kAuthoritiesCached);
  }
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout.count()));
  set(easy, CURLOPT_WRITEFUNCTION, &HttpClient::take_body);
  set(easy, CURLOPT_HEADERFUNCTION, &HttpClient::take_header);
}

HttpAnswer HttpClient::get(const std::string& url, const std::stop_token& stop) {
  set(easy_.get(), CURLOPT_HTTPGET, 1L);
  set(easy_.get(), CURLOPT_FOLLOWLOCATION, 1L);
  return exchange(url, stop);
}

HttpAnswer HttpClient::post(const std::string& url, const std::string& body,
                            const std::stop_token& stop) {
  set(easy_.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  set(easy_.get(), CURLOPT_POSTFIELDS, body.data());  // makes it a POST
  set(easy_.get(), CURLOPT_FOLLOWLOCATION, 0L);
  return exchange(url, stop);
}

HttpAnswer HttpClient::exchange(const std::string& url, const std::stop_token& stop) {
  CURL* const easy = easy_.get();
  Sink sink{.easy = easy,
            .body_limit = options_.body_limit,
            .low_speed_time = static_cast<long>(options_.low_speed_time.count()),
            .body = {}};
  set(easy, CURLOPT_URL, url.c_str());
  set(easy, CURLOPT_REDIR_PROTOCOLS_STR, redirect_protocols(url));
  set(easy, CURLOPT_WRITEDATA, &sink);
  set(easy, CURLOPT_HEADERDATA, &sink);
  set(easy, CURLOPT_LOW_SPEED_LIMIT, 0L);
  error_text_[0] = '\0';

  const CURLcode result = transfer(stop);
  if (sink.out_of_memory) throw std::bad_alloc();
  HttpAnswer answer;
  answer.end = end_of(result, sink, stop);
  answer.reason = error_text_[0] != '\0' ? error_text_.data() : curl_easy_strerror(result);
  answer.status = info<long>(easy, CURLINFO_RESPONSE_CODE);
  if (const char* type = info<const char*>(easy, CURLINFO_CONTENT_TYPE)) answer.content_type = type;
  const auto header = [easy](const char* name) -> std::string {
    curl_header* found = nullptr;
    const bool is_there = curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK;
    return is_there ? found->value : "";
  };
  answer.retry_after = header("Retry-After");
  answer.last_modified = header("Last-Modified");
  answer.date = header("Date");
  answer.age = header("Age");
  answer.body = std::move(sink.body);
  answer.bytes_received = sink.header_bytes + static_cast<std::uint64_t>(
                                                  info<curl_off_t>(easy, CURLINFO_SIZE_DOWNLOAD_T));
  return answer;
}

// Blocks in curl_multi_poll, out of which a stop request wakes it: no polling.
CURLcode HttpClient::transfer(const std::stop_token& stop) {
  CURLM* const multi = multi_.get();
  const auto check = [](CURLMcode code) {
    if (code != CURLM_OK) {
      throw Error(Errc::kInternal, format("curl: {}", curl_multi_strerror(code)));
    }
  };
  check(curl_multi_add_handle(multi, easy_.get()));
  struct Removal {  // also closes the connection of a transfer that has not ended
    CURLM* multi;
    CURL* easy;
    ~Removal() { curl_multi_remove_handle(multi, easy); }
  } const removal{multi, easy_.get()};
  const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });

  constexpr int kForever = 3'600'000;  // ms; curl's own timeouts wake it earlier
  for (int running = 1; !stop.stop_requested();) {
    check(curl_multi_perform(multi, &running));
    if (running == 0) break;
    check(curl_multi_poll(multi, nullptr, 0, kForever, nullptr));
  }
  int left = 0;
  const CURLMsg* const message = curl_multi_info_read(multi, &left);
  return message != nullptr ? message->data.result : CURLE_ABORTED_BY_CALLBACK;
}

std::size_t HttpClient::take_body(char* data, std::size_t size, std::size_t count,
                                  void* sink) noexcept {
  auto& into = *static_cast<Sink*>(sink);
  const std::size_t length = size * count;
  into.body_too_large = into.body.size() + length > into.body_limit;
  if (into.body_too_large) return 0;  // which ends the transfer
  try {
    into.body.append(data, length);
  } catch (...) {
    into.out_of_memory = true;
    return 0;
  }
  return length;
}

std::size_t HttpClient::take_header(char* /*data*/, std::size_t size, std::size_t count,
                                    void* sink) noexcept {
  auto& into = *static_cast<Sink*>(sink);
  // From the first header on only: a host may think for as long as the total timeout allows.
  if (into.header_bytes == 0) {
    curl_easy_setopt(into.easy, CURLOPT_LOW_SPEED_TIME, into.low_speed_time);
    curl_easy_setopt(into.easy, CURLOPT_LOW_SPEED_LIMIT, kLowSpeedLimit);
  }
  into.header_bytes += size * count;
  into.headers_too_large = into.header_bytes > kHeaderLimit;
  return into.headers_too_large ? 0 : size * count;
}

HttpAnswer::End HttpClient::end_of(CURLcode result, const Sink& sink,
                                   const std::stop_token& stop) const {
  using enum HttpAnswer::End;
  if (result != CURLE_OK && stop.stop_requested()) return kCancelled;
  if (sink.body_too_large) return kBodyTooLarge;
  if (sink.headers_too_large) return kHeadersTooLarge;
  const bool asked = info<long>(easy_.get(), CURLINFO_REQUEST_SIZE) > 0;
  const bool redirected = info<long>(easy_.get(), CURLINFO_RESPONSE_CODE) / 100 == 3;
  switch (result) {
    case CURLE_OK:
      return kComplete;
    case CURLE_OPERATION_TIMEDOUT:
      if (!asked) return kConnectTimeout;
      return std::string_view(error_text_.data()).starts_with("Operation too slow") ? kTooSlow
                                                                                    : kTimeout;
    case CURLE_TOO_MANY_REDIRECTS:
      return kTooManyRedirects;
    case CURLE_UNSUPPORTED_PROTOCOL:  // also HTTP/0.9, which is anything without a status line
    case CURLE_URL_MALFORMAT:
      return redirected ? kForeignRedirect : kGarbled;
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_WRITE_ERROR:
      return kGarbled;
    default:
      return asked ? kBrokeOff : kNoConnection;
  }
}

}  // namespace nbasync
