#include "postgres/spare_session.hpp"

#include <utility>

namespace nbasync {

std::unique_ptr<PostgresSession> SpareSession::take() {
  std::unique_ptr<PostgresSession> session;
  {
    const std::lock_guard lock(mutex_);
    session = std::move(session_);
  }
  if (session && !session->is_open()) session.reset();
  return session;
}

void SpareSession::keep(std::unique_ptr<PostgresSession> session) {
  if (session->state() != PQTRANS_IDLE || !session->is_open()) return;
  const std::lock_guard lock(mutex_);
  if (!session_) session_ = std::move(session);
}

}  // namespace nbasync
