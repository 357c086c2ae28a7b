// Server-sent events: publish by topic, to all whose filter wants it.
//
//     http::EventHub hub;
//     router.add_events("/api/v1/events", hub, [&](const Request& request, const PathParams&) {
//         const Session session = sessions.load(request);
//         return http::EventFeed{
//             .wants = [reach = session.reach](const http::Event& e) { return reach.has(e.topic);
//             }, .is_allowed = [&, id = session.id] { return sessions.is_open(id); }};
//     });
//     hub.publish({.topic = "leave", .name = "register", .id = "17", .data = json});
//
// A subscriber that does not keep up is cut off; its browser connects again and reads afresh.

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace duban::http {

inline constexpr std::size_t kEventQueueMax = 256;

struct Event {
    std::string topic;  ///< for filters; not sent
    std::string name;   ///< one line: the type a browser listens for
    std::string id;     ///< one line: comes back as Last-Event-ID; empty: none
    std::string data;
};

/// What one subscriber gets.
struct EventFeed {
    /// Asked for every event, on the publisher's thread: quick, thread-safe, no database.
    std::function<bool(const Event&)> wants;
    /// Asked at each heartbeat, on a worker: false ends the stream (signed out, right lost).
    std::function<bool()> is_allowed;
    /// Asked once on a worker, when the subscription stands: what to send before all others, so
    /// that nothing is lost in between. May be empty.
    std::function<std::vector<Event>()> first;
};

/// An event as it goes over the line (HTML, 9.2.5): "id: …\nevent: …\ndata: …\n\n".
[[nodiscard]] std::string event_text(const Event& event);

/// The queue of one subscriber. Filled by the hub, emptied by its connection.
class Mailbox {
public:
    Mailbox(std::function<bool(const Event&)> wants, std::function<void()> wake);

    /// What has come since the last call, as texts; in order.
    [[nodiscard]] std::vector<std::shared_ptr<const std::string>> take();
    /// Whether more came than the queue holds: something was lost.
    [[nodiscard]] bool has_overflowed() const;

private:
    friend class EventHub;
    void put(const Event& event, const std::shared_ptr<const std::string>& text);

    const std::function<bool(const Event&)> wants_;
    const std::function<void()> wake_;
    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<const std::string>> queue_;
    bool has_overflowed_ = false;
};

/// Safe to use from several threads.
class EventHub {
public:
    /// To all whose filter wants it; returns when it lies in their queues.
    void publish(const Event& event);

    /// For the server: a mailbox that gets what `wants` wants, as long as somebody holds it.
    /// `wake` is called from the publisher's thread after each delivery.
    [[nodiscard]] std::shared_ptr<Mailbox> subscribe(
        std::function<bool(const Event&)> wants, std::function<void()> wake
    );

    [[nodiscard]] std::size_t subscribers() const;

private:
    mutable std::mutex mutex_;
    mutable std::vector<std::weak_ptr<Mailbox>> mailboxes_;
};

}  // namespace duban::http
