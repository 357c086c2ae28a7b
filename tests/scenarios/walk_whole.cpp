// The outlets that show many entries at once: sheets, links, figures.

#include <algorithm>

#include "walk.h"

namespace duban::scenarios {

/// Page by page; each entry that may be read stands in it by its number, and no other.
void Walk::sheet() {
    for (const auto* one : adopted_->model().registers()) {
        const std::string path = "/api/v1/registers/" + one->name + "/sheet";
        std::string all;
        std::string cursor;
        bool shown = false;
        do {
            const std::string more = cursor.empty() ? "" : "&cursor=" + cursor;
            const Reply page = ask({.path = path, .query = "limit=20" + more});
            shown = page.status == 200;
            if (!shown) {
                break;
            }
            all += std::string{page.body.as_string()};
            cursor = page.header("Duban-Next");
        } while (!cursor.empty());
        if (!caller_.here) {
            EXPECT_FALSE(shown) << caller_.name;
            continue;
        }
        for (const Secret& secret : secrets_) {
            if (secret.register_name == one->name && !secret.number.empty() && shown) {
                EXPECT_EQ(all.find(secret.number) != std::string::npos, reads(secret))
                    << caller_.name << " " << path << " " << secret.number;
            }
        }
        EXPECT_TRUE(shown || !reads_somewhere(*one)) << caller_.name << " " << path;
    }
}

/// A sheet that names an entry one may not read is refused like one that names none.
void Walk::read_sheet() {
    if (!caller_.here) {
        return;
    }
    const auto read = [&](const std::string& number) {
        http::Request request;
        request.method = http::Method::Post;
        request.path = "/api/v1/registers/dossier/sheet";
        request.query = http::Query::parse("check=true").value_or(http::Query{});
        request.headers.set("Authorization", "Bearer " + world_.token(caller_.person, "zh"));
        request.headers.set("Content-Type", "text/csv");
        request.body = "heading,earlier\nx," + number + "\n";
        const http::Response answer = http::send("127.0.0.1", world_.port(), request);
        const auto json = core::find_json(answer.body);
        Reply reply{
            .status = answer.status,
            .body = json ? *json : core::Json(answer.body),
            .headers = answer.headers
        };
        look(reply, request.path + "?" + number);
        std::string told = core::json_text(reply.body);
        for (std::size_t at = told.find(number); at != std::string::npos; at = told.find(number)) {
            told.replace(at, number.size(), "(number)");
        }
        for (const char* own : {"\"instance\""}) {
            const std::size_t at = told.find(own);
            if (at != std::string::npos) {
                told.erase(at, told.find(',', at) - at);
            }
        }
        return told;
    };
    for (const Secret& one : secrets_) {
        if (one.register_name == "dossier" && !reads(one)) {
            EXPECT_EQ(read(one.number), read("DS-2026-9999")) << caller_.name;
        }
    }
}

/// Exactly the entries that name it and may be read, and of others not even that there are more.
void Walk::links() {
    each("/links", [&](const Secret& one, const Reply& reply) {
        std::set<std::string> shown;
        bool all = true;
        for (const core::Json& group : reply.list("links")) {
            all = all && !group.at("more").as_bool();
            const auto known = readable(text_of(group, "register"));
            for (const core::Json& entry : group.at("entries").as_array()) {
                const std::string id = text_of(entry, "id");
                EXPECT_TRUE(known.contains(id)) << caller_.name << " " << one.path();
                shown.insert(id);
            }
        }
        std::set<std::string> expected;
        for (const Secret& other : secrets_) {
            if (reads(other) && other.names.contains(one.id.text())) {
                expected.insert(other.id.text());
            }
        }
        EXPECT_TRUE(std::ranges::includes(expected, shown)) << caller_.name << " " << one.path();
        if (all) {
            EXPECT_EQ(shown, expected) << caller_.name << " " << one.path();
        }
    });
}

/// Facts are ids of nothing that he may not read, whatever the entry's own fields name.
void Walk::expect_facts_known(const Reply& reply, const std::string& name) {
    std::set<std::string> hidden;
    for (const Secret& one : secrets_) {
        if (!reads(one)) {
            hidden.insert(one.id.text());
        }
    }
    for (const core::Json& row : reply.list("rows")) {
        for (const auto& fact : row.at("facts").as_object()) {
            if (fact.value().is_string()) {
                EXPECT_FALSE(hidden.contains(std::string{fact.value().get_string()}))
                    << name << " tells " << caller_.name << " " << std::string{fact.key()};
            }
        }
    }
}

/// Each number comes with its rows, and they are of what he may read.
void Walk::figures() {
    const Reply list = ask({.path = "/api/v1/figures"});
    EXPECT_EQ(list.status == 200, caller_.here) << caller_.name;
    for (const core::Json& one : list.list("figures")) {
        const std::string name = text_of(one, "name");
        const std::string register_name = text_of(one, "register");
        const Reply figure = ask({.path = "/api/v1/figures/" + name});
        if (figure.status != 200) {
            EXPECT_TRUE(readable(register_name).empty()) << caller_.name << " " << name;
            continue;
        }
        const auto known = readable(register_name);
        expect_facts_known(figure, name);
        for (const core::Json& row : figure.list("rows")) {
            EXPECT_TRUE(known.contains(text_of(row, "id"))) << caller_.name << " " << name;
        }
        EXPECT_LE(figure.integer("total"), static_cast<std::int64_t>(known.size()))
            << caller_.name << " " << name;
    }
}

void Walk::controls() {
    const Reply list = ask({.path = "/api/v1/controls"});
    EXPECT_EQ(list.status == 200, caller_.here) << caller_.name;
    for (const core::Json& one : list.list("controls")) {
        const std::string name = text_of(one, "name");
        const auto known = readable(text_of(one, "register"));
        const Reply found = ask({.path = "/api/v1/controls/" + name});
        expect_facts_known(found, name);
        for (const core::Json& row : found.list("rows")) {
            EXPECT_TRUE(known.contains(text_of(row, "id"))) << caller_.name << " " << name;
        }
    }
}

void Walk::statements() {
    const auto items = readable("item");
    const auto measures = readable("measure");
    const Reply notices = world_.get(world_.office_clerk, "/api/v1/registers/notice/entries");
    for (const core::Json& notice : notices.list("entries")) {
        const Reply told =
            ask({.path = "/api/v1/readings/" + text_of(notice, "id") + "/statements"});
        EXPECT_TRUE(told.status == 200 || told.status == 404 || !caller_.here) << caller_.name;
        for (const core::Json& one : told.list("statements")) {
            const auto& known = text_of(one, "register") == "item" ? items : measures;
            EXPECT_TRUE(known.contains(text_of(one, "id"))) << caller_.name;
        }
    }
}

void Walk::desk() {
    const Reply desk = ask({.path = "/api/v1/desk"});
    EXPECT_EQ(desk.status == 200, caller_.here) << caller_.name;
    for (const core::Json& one : desk.list("entries")) {
        const auto known = readable(text_of(one, "register"));
        EXPECT_TRUE(known.contains(text_of(one, "id"))) << caller_.name;
        EXPECT_FALSE(one.at("actions").as_array().empty()) << caller_.name;
    }
}

}  // namespace duban::scenarios
