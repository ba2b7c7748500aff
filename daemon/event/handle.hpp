#pragma once

#include <uv.h>

#include <utility>

namespace nbasync {

// Owns a libuv handle. libuv frees a handle only on the loop turn after uv_close, so the handle
// lives on the heap and outlives its owner by that turn. Loop thread.
template <typename T>
class Handle {
 public:
  explicit Handle(void* data) : handle_(new T{}) { handle_->data = data; }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (raw()->type == UV_UNKNOWN_HANDLE) {
      delete handle_;  // never initialised
    } else {
      uv_close(raw(), [](uv_handle_t* closed) { delete reinterpret_cast<T*>(closed); });
    }
  }

  T* get() const { return handle_; }
  uv_handle_t* raw() const { return reinterpret_cast<uv_handle_t*>(handle_); }

 private:
  T* handle_;
};

}  // namespace nbasync
