#include "http/internal/sessions.h"

namespace duban::http::internal {

void SessionHandle::interrupt() {
    const std::scoped_lock lock{mutex_};
    if (post_) {
        post_([held = shared_from_this()] {
            if (held->end_wait_) {
                held->end_wait_();
            }
        });
    }
}

void SessionHandle::close() {
    const std::scoped_lock lock{mutex_};
    post_ = nullptr;
}

void Sessions::add(const std::shared_ptr<SessionHandle>& handle) {
    const std::scoped_lock lock{mutex_};
    handles_.push_back(handle);
}

void Sessions::remove(const std::shared_ptr<SessionHandle>& handle) {
    handle->close();
    const std::scoped_lock lock{mutex_};
    std::erase(handles_, handle);
    changed_.notify_all();
}

std::size_t Sessions::count() const {
    const std::scoped_lock lock{mutex_};
    return handles_.size();
}

void Sessions::interrupt_all() const {
    const std::scoped_lock lock{mutex_};
    for (const auto& handle : handles_) {
        handle->interrupt();
    }
}

void Sessions::close_all() {
    const std::scoped_lock lock{mutex_};
    for (const auto& handle : handles_) {
        handle->close();
    }
    handles_.clear();
}

bool Sessions::wait_until_empty(std::chrono::milliseconds wait_max) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, wait_max, [this] { return handles_.empty(); });
}

}  // namespace duban::http::internal
