#include "api/page.h"

#include <algorithm>

#include "api/asking.h"
#include "api/entry_json.h"
#include "core/problem.h"
#include "http/target.h"

namespace duban::api {

namespace {

using declarations::Field;
using declarations::Register;
using http::PathParams;
using http::Request;
using http::Response;

constexpr std::string_view kStyle =
    "body{font:16px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;color:#1b1b1b;margin:0}"
    "header{background:#8b1a1a;color:#fff;padding:12px "
    "24px;display:flex;gap:24px;align-items:baseline}"
    "header b{font-size:20px}header a{color:#fff;text-decoration:none}header "
    "form{margin-left:auto}main{padding:16px 24px;max-width:1180px}"
    "nav a{margin-right:16px}a{color:#8b1a1a}table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #ddd;text-align:left;padding:6px 10px;vertical-align:top}"
    "th{background:#faf6f1}.demo{background:#fff3cd;padding:4px 24px}.wrong{color:#8b1a1a}"
    "input{font:inherit;padding:6px 8px;width:280px}button{font:inherit;padding:6px 16px}"
    "label{display:block;margin:10px 0}dt{color:#666}dd{margin:0 0 10px 0;white-space:pre-wrap}"
    ".light{white-space:nowrap}";

/// One page being written, in one language.
class Page {
public:
    Page(const Services& services, std::string language)
        : services_{services}, language_{std::move(language)} {}

    [[nodiscard]] std::string say(std::string_view code, const core::Params& params = {}) const {
        return escaped(services_.sentences.sentence(code, params, language_));
    }
    [[nodiscard]] std::string say(const core::Texts& texts, std::string_view otherwise) const {
        const std::string_view text = texts.in(language_);
        return escaped(text.empty() ? otherwise : text);
    }
    void add(std::string_view html) { body_ += html; }

    [[nodiscard]] Response response(int status, const std::string& name) const {
        std::string html = "<!doctype html><html lang=\"" + escaped(language_) +
                           "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                           "content=\"width=device-width\"><title>" +
                           say("page_name") +
                           "</title><link rel=\"stylesheet\" "
                           "href=\"/style.css\"></head><body><header><b><a href=\"/\">" +
                           say("page_name") + "</a></b>";
        if (!name.empty()) {
            html += "<span>" + escaped(name) +
                    "</span><form method=\"post\" action=\"/sign-out\"><button>" +
                    say("page_sign_out") + "</button></form>";
        }
        html += "</header>";
        if (services_.demo) {
            html += "<div class=\"demo\">" + say("page_demo") + "</div>";
        }
        html += "<main>" + body_ + "</main></body></html>";
        return http::text_response(status, std::move(html), "text/html; charset=utf-8");
    }

private:
    const Services& services_;
    std::string language_;
    std::string body_;
};

Response sign_in_page(const Services& services, const Request& request, std::string_view wrong) {
    Page page{services, language_of(services, request)};
    page.add("<h1>" + page.say("page_sign_in") + "</h1>");
    if (!wrong.empty()) {
        page.add("<p class=\"wrong\" role=\"alert\">" + page.say(wrong) + "</p>");
    }
    page.add(
        "<form method=\"post\" action=\"/sign-in\"><label>" + page.say("page_account") +
        "<br><input name=\"name\" autocomplete=\"username\" autofocus required></label><label>" +
        page.say("page_password") +
        "<br><input name=\"password\" type=\"password\" autocomplete=\"current-password\" required>"
        "</label><label>" +
        page.say("page_new_password") +
        "<br><input name=\"new\" type=\"password\" autocomplete=\"new-password\"></label>"
        "<button>" +
        page.say("page_sign_in") + "</button></form>"
    );
    return page.response(wrong.empty() ? 200 : 401, "");
}

void add_navigation(Page& page, const Services& services, const Asker& asker) {
    page.add("<nav>");
    const auto adopted = services.registers.adopted();
    for (const Register* declared : adopted->model().registers()) {
        const auto readers = declared->readers();
        if (!access::reach(asker.actor, readers).none()) {
            page.add(
                "<a href=\"/ledger/" + declared->name + "\">" +
                page.say(declared->title, declared->name) + "</a>"
            );
        }
    }
    page.add("</nav>");
}

std::string state_text(const Page& page, const Register& declared, const std::string& state) {
    const auto* found = declared.procedure.find_state(state);
    return found == nullptr ? escaped(state) : page.say(found->title, state);
}

std::string shown(const core::JsonObject& labels, const core::Json& value, const Page& page) {
    if (value.is_null()) {
        return {};
    }
    if (value.is_bool()) {
        return page.say(value.get_bool() ? "page_yes" : "page_no");
    }
    if (value.is_string()) {
        const auto label = labels.find(value.get_string());
        if (label != labels.end()) {
            return escaped(core::find_string(label->value(), "text").value_or(""));
        }
        return escaped(std::string{value.get_string()});
    }
    return escaped(core::json_text(value));
}

void add_row(
    Page& page,
    const Services& services,
    const Asker& asker,
    const Register& declared,
    const registers::Page& list,
    const registers::Entry& entry,
    Labels& labels
) {
    const core::JsonObject row = row_json(services, asker, declared, list.view, entry, labels);
    const std::string number =
        entry.number.empty() ? page.say("page_no_number") : escaped(entry.number);
    page.add(
        "<tr><td><a href=\"/ledger/" + declared.name + "/" + entry.id.text() + "\">" + number +
        "</a></td><td>" + escaped(title_of(declared, entry)) + "</td><td>" +
        shown(labels.json(), core::Json(entry.unit.text()), page) + "</td><td>" +
        state_text(page, declared, entry.state) + "</td><td class=\"light\">"
    );
    const std::string light = services.registers.light(asker.actor.org, declared, entry);
    if (!light.empty()) {
        page.add(
            page.say("light_sign_" + light) + " " + page.say("light_word_" + light) + " " +
            escaped(entry.due_on)
        );
    }
    page.add("</td></tr>");
}

void add_list(
    Page& page,
    const Services& services,
    const Asker& asker,
    const Register& declared,
    const std::string& cursor
) {
    services.store.read([&](store::Reader& reader) {
        registers::ListRequest wish;
        wish.register_name = declared.name;
        wish.cursor = cursor;
        const registers::Page list = services.listing.page(reader, asker.actor, wish);
        Labels labels{services, reader, asker};
        page.add("<h1>" + page.say(declared.title, declared.name) + "</h1>");
        if (list.entries.empty()) {
            page.add("<p>" + page.say("page_empty") + "</p>");
            return;
        }
        if (list.total) {
            page.add(
                "<p>" + page.say("page_total", {{"total", std::to_string(*list.total)}}) + "</p>"
            );
        }
        page.add(
            "<table><thead><tr><th>" + page.say("page_number") + "</th><th>" +
            page.say("page_title") + "</th><th>" + page.say("page_unit") + "</th><th>" +
            page.say("page_state") + "</th><th>" + page.say("page_due") +
            "</th></tr></thead><tbody>"
        );
        for (const registers::Entry& entry : list.entries) {
            labels.unit(entry.unit);
            add_row(page, services, asker, declared, list, entry, labels);
        }
        page.add("</tbody></table>");
        if (!list.next.empty()) {
            page.add(
                "<p><a href=\"/ledger/" + declared.name + "?cursor=" + list.next + "\">" +
                page.say("page_more") + "</a></p>"
            );
        }
    });
}

void add_entry(
    Page& page,
    const Services& services,
    const Asker& asker,
    const Register& declared,
    const core::Id& id
) {
    services.store.read([&](store::Reader& reader) {
        const auto entry = services.registers.entry(reader, asker.actor, declared.name, id);
        const core::JsonObject json = entry_json(services, reader, asker, declared, entry);
        const core::JsonObject& labels = json.at("labels").as_object();
        page.add(
            "<h1>" + escaped(entry.number) + " " + escaped(title_of(declared, entry)) + "</h1><p>" +
            state_text(page, declared, entry.state) + "</p><dl>"
        );
        for (const Field& field : declared.fields) {
            const std::string text = shown(labels, entry.fields.at(field.name), page);
            if (!text.empty()) {
                page.add("<dt>" + page.say(field.title, field.name) + "</dt><dd>" + text + "</dd>");
            }
        }
        page.add("</dl><h2>" + page.say("page_history") + "</h2><table><tbody>");
        const auto unseen = services.registers.unseen(reader, asker.actor, declared.name, entry);
        for (const journal::Record& record :
             services.journal.history(reader, asker.actor.org, declared.name, id)) {
            const journal::Draft draft = record.draft();
            if (tells_of(draft, unseen)) {
                continue;
            }
            const auto* action = declared.procedure.find_action(draft.action);
            const access::Person* person = asker.actor.directory->find_person(draft.actor);
            page.add(
                "<tr><td>" + escaped(draft.on) + "</td><td>" +
                (action == nullptr ? page.say("page_action_" + draft.action)
                                   : page.say(action->title, draft.action)) +
                "</td><td>" + escaped(person == nullptr ? "" : person->name) + "</td><td>" +
                state_text(page, declared, draft.state_after) + "</td></tr>"
            );
        }
        page.add("</tbody></table>");
    });
}

std::optional<Asker> find_asker(const Services& services, const Request& request) {
    const auto cookie = request.cookie(kSessionCookie);
    if (!cookie || !services.accounts.find_session(*cookie)) {
        return std::nullopt;
    }
    Asker asker = ask_before_change(services, request);
    return asker.session.must_change ? std::nullopt : std::optional{std::move(asker)};
}

Response home(const Services& services, const Request& request, const PathParams&) {
    const auto asker = find_asker(services, request);
    if (!asker) {
        return sign_in_page(services, request, {});
    }
    Page page{services, asker->language};
    add_navigation(page, services, *asker);
    const auto adopted = services.registers.adopted();
    const auto readable = [&](const Register* declared) {
        const auto readers = declared->readers();
        return !access::reach(asker->actor, readers).none();
    };
    const auto declared = adopted->model().registers();
    const auto last = std::find_if(declared.rbegin(), declared.rend(), readable);
    if (last == declared.rend()) {
        page.add("<p>" + page.say("page_nothing_to_read") + "</p>");
    } else {
        page.add("<p>" + page.say("page_choose") + "</p>");
    }
    return page.response(200, asker->actor.name);
}

Response ledger(const Services& services, const Request& request, const PathParams& path) {
    const auto asker = find_asker(services, request);
    if (!asker) {
        return sign_in_page(services, request, {});
    }
    const auto adopted = services.registers.adopted();
    Page page{services, asker->language};
    add_navigation(page, services, *asker);
    add_list(
        page,
        services,
        *asker,
        *adopted->table(path.at("register")).declared,
        std::string{request.query.find("cursor").value_or("")}
    );
    return page.response(200, asker->actor.name);
}

Response show_entry(const Services& services, const Request& request, const PathParams& path) {
    const auto asker = find_asker(services, request);
    if (!asker) {
        return sign_in_page(services, request, {});
    }
    const auto adopted = services.registers.adopted();
    Page page{services, asker->language};
    add_navigation(page, services, *asker);
    add_entry(
        page,
        services,
        *asker,
        *adopted->table(path.at("register")).declared,
        id_of(path.at("id"), "id")
    );
    return page.response(200, asker->actor.name);
}

Response sign_in(const Services& services, const Request& request, const PathParams&) {
    const auto form = http::Query::parse(request.body);
    if (!form || http::request_origin(request) == http::RequestOrigin::Other) {
        throw core::Problem{core::ProblemKind::Forbidden, "origin.refused"};
    }
    const auto value = [&](std::string_view name) {
        return std::string{form->find(name).value_or("")};
    };
    const core::OrgId org{1};
    const std::string on = services.registers.today(org).text();
    access::SignedIn in;
    try {
        in = services.accounts.sign_in(
            {.org = org,
             .name = value("name"),
             .password = value("password"),
             .totp = value("code"),
             .address = request.client_address,
             .on = on}
        );
        if (in.session.must_change) {
            if (value("new").empty()) {
                return sign_in_page(services, request, "session.password_to_change");
            }
            in = services.accounts.change_password(
                in.secret,
                {.old_password = value("password"), .new_password = value("new"), .on = on}
            );
        }
    } catch (const core::Problem& problem) {
        // The form is shown again with the sentence: a browser cannot read a problem document.
        return sign_in_page(services, request, problem.code);
    }
    Response response = http::redirect_response("/");
    response.headers.add(
        "Set-Cookie",
        http::set_cookie_value(
            {.name = std::string{kSessionCookie},
             .value = in.secret,
             .is_secure = true,
             .max_age_seconds = {}}
        )
    );
    return response;
}

Response sign_out(const Services& services, const Request& request, const PathParams&) {
    if (const auto cookie = request.cookie(kSessionCookie)) {
        static_cast<void>(ask_before_change(services, request));
        services.accounts.sign_out(*cookie);
    }
    return http::redirect_response("/");
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '&': out += "&amp;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out.push_back(c);
        }
    }
    return out;
}

void add_page_routes(http::Router& router, const Services& services) {
    using http::Method;
    const auto route = [&](Method method, std::string_view pattern, auto handler) {
        router.add(
            method,
            pattern,
            [&services, handler](const Request& request, const PathParams& path) {
                return handler(services, request, path);
            }
        );
    };
    route(Method::Get, "/", home);
    route(Method::Get, "/ledger/{register}", ledger);
    route(Method::Get, "/ledger/{register}/{id}", show_entry);
    route(Method::Post, "/sign-in", sign_in);
    route(Method::Post, "/sign-out", sign_out);
    router.add(Method::Get, "/style.css", [](const Request&, const PathParams&) {
        return http::text_response(200, std::string{kStyle}, "text/css; charset=utf-8");
    });
}

}  // namespace duban::api
