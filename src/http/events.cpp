#include "http/events.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/check.h"

namespace duban::http {

std::string event_text(const Event& event) {
    const bool is_one_line = (event.name + event.id).find_first_of("\r\n") == std::string::npos;
    core::check(is_one_line, "the name and the id of an event are one line each");
    std::string out = event.id.empty() ? "" : "id: " + event.id + '\n';
    out.append("event: ").append(event.name).push_back('\n');
    std::string_view rest = event.data;
    do {
        const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
        out.append("data: ").append(rest.substr(0, end)).push_back('\n');
        const bool is_pair = rest.substr(end).starts_with("\r\n");
        rest.remove_prefix(std::min(end + (is_pair ? 2 : 1), rest.size()));
    } while (!rest.empty());
    out.push_back('\n');
    return out;
}

Mailbox::Mailbox(std::function<bool(const Event&)> wants, std::function<void()> wake)
    : wants_{std::move(wants)}, wake_{std::move(wake)} {}

std::vector<std::shared_ptr<const std::string>> Mailbox::take() {
    const std::scoped_lock lock{mutex_};
    return std::exchange(queue_, {});
}

bool Mailbox::has_overflowed() const {
    const std::scoped_lock lock{mutex_};
    return has_overflowed_;
}

void Mailbox::put(const Event& event, const std::shared_ptr<const std::string>& text) {
    if (!wants_(event)) {
        return;
    }
    {
        const std::scoped_lock lock{mutex_};
        if (queue_.size() < kEventQueueMax) {
            queue_.push_back(text);
        } else {
            has_overflowed_ = true;
        }
    }
    wake_();
}

void EventHub::publish(const Event& event) {
    const auto text = std::make_shared<const std::string>(event_text(event));
    std::vector<std::shared_ptr<Mailbox>> present;
    {
        const std::scoped_lock lock{mutex_};
        std::erase_if(mailboxes_, [](const auto& mailbox) { return mailbox.expired(); });
        for (const auto& mailbox : mailboxes_) {
            if (auto held = mailbox.lock()) {
                present.push_back(std::move(held));
            }
        }
    }
    for (const auto& mailbox : present) {
        mailbox->put(event, text);
    }
}

std::shared_ptr<Mailbox> EventHub::subscribe(
    std::function<bool(const Event&)> wants, std::function<void()> wake
) {
    auto mailbox = std::make_shared<Mailbox>(std::move(wants), std::move(wake));
    const std::scoped_lock lock{mutex_};
    mailboxes_.push_back(mailbox);
    return mailbox;
}

std::size_t EventHub::subscribers() const {
    const std::scoped_lock lock{mutex_};
    std::erase_if(mailboxes_, [](const auto& mailbox) { return mailbox.expired(); });
    return mailboxes_.size();
}

}  // namespace duban::http
