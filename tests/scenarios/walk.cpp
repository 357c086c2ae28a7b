#include "walk.h"

#include <algorithm>

namespace duban::scenarios {

namespace {

using http::Method;

}  // namespace

Walk::Walk(World& world, Caller caller, std::vector<Secret> secrets)
    : world_{world},
      caller_{std::move(caller)},
      secrets_{std::move(secrets)},
      directory_{world.services().access.directory(app::kFirstOrg)},
      readers_{*directory_, world.services().registers.today(app::kFirstOrg)},
      adopted_{world.services().registers.adopted()} {
    for (const Secret& one : secrets_) {
        const bool shown = reads(one);
        note(one.id.text(), shown);
        note(one.number, shown);
        for (const auto* words : {&one.marks, &one.files}) {
            for (const std::string& word : *words) {
                note(word, shown);
            }
        }
        if (shown) {
            named_.insert(one.names.begin(), one.names.end());
        }
    }
}

bool Walk::reads_through(const Secret& one) const {
    return std::ranges::any_of(declared(one.register_name).read_through, [&](const auto& way) {
        return std::ranges::any_of(secrets_, [&](const Secret& other) {
            return other.register_name == way.register_name &&
                   other.names.contains(one.id.text()) &&
                   readers_.stand(caller_.person, roles_of(other.register_name), other.lying);
        });
    });
}

/// Sends it and reads the answer for what must not be in it.
Reply Walk::ask(const Call& call) {
    Reply reply = world_.send(caller_.person, call);
    look(reply, call.path + "?" + call.query);
    return reply;
}

void Walk::look(const Reply& reply, const std::string& path) {
    std::string all =
        reply.body.is_string() ? std::string{reply.body.get_string()} : core::json_text(reply.body);
    for (const auto& [name, value] : reply.headers.fields()) {
        all += "\n" + value;
    }
    for (const auto& [mark, shown] : marks_) {
        const bool asked = path.find(mark) != std::string::npos;
        if (!shown && !asked && !named_.contains(mark)) {
            EXPECT_EQ(all.find(mark), std::string::npos)
                << path << " tells " << caller_.name << " of " << mark << ": "
                << all.substr(0, 2000);
        }
    }
}

std::set<std::string> Walk::readable(const std::string& register_name) const {
    std::set<std::string> out;
    for (const Secret& one : secrets_) {
        if (one.register_name == register_name && reads(one)) {
            out.insert(one.id.text());
        }
    }
    return out;
}

std::set<std::string> Walk::readable() const {
    std::set<std::string> out;
    for (const auto* one : adopted_->model().registers()) {
        out.merge(readable(one->name));
    }
    return out;
}

void Walk::registers() {
    const Reply reply = ask({.path = "/api/v1/registers"});
    EXPECT_EQ(reply.status == 200, caller_.here);
    std::set<std::string> shown;
    std::set<std::string> expected;
    for (const core::Json& one : reply.list("registers")) {
        shown.insert(text_of(one, "name"));
    }
    for (const auto* one : adopted_->model().registers()) {
        if (reads_somewhere(*one) || opens(*one)) {
            expected.insert(one->name);
        }
    }
    EXPECT_EQ(shown, expected) << caller_.name;
}

void Walk::declaration() {
    for (const auto* one : adopted_->model().registers()) {
        const Reply reply = ask({.path = "/api/v1/registers/" + one->name});
        EXPECT_EQ(reply.status == 200, reads_somewhere(*one) || opens(*one))
            << caller_.name << " " << one->name;
    }
}

void Walk::counts() {
    for (const auto* one : adopted_->model().registers()) {
        const Reply reply = ask({.path = "/api/v1/registers/" + one->name + "/counts"});
        if (reply.status != 200) {
            EXPECT_FALSE(reads_somewhere(*one)) << caller_.name << " " << one->name;
            continue;
        }
        std::map<std::string, std::int64_t> states;
        std::map<std::string, std::int64_t> units;
        std::int64_t due = 0;
        for (const Secret& secret : secrets_) {
            if (secret.register_name == one->name && reads(secret)) {
                ++states[secret.state];
                ++units[secret.lying.unit.text()];
                due += one->name == "dossier" && secret.state == "review" ? 1 : 0;
            }
        }
        std::map<std::string, std::int64_t> shown;
        for (const auto& state : reply.body.at("states").as_object()) {
            shown[std::string{state.key()}] = state.value().as_int64();
        }
        EXPECT_EQ(shown, states) << caller_.name << " " << one->name;
        std::map<std::string, std::int64_t> shown_units;
        for (const core::Json& unit : reply.list("units")) {
            for (const auto& state : unit.at("states").as_object()) {
                shown_units[text_of(unit, "unit")] += state.value().as_int64();
            }
        }
        EXPECT_EQ(shown_units, units) << caller_.name << " " << one->name;
        if (one->name == "dossier") {
            EXPECT_EQ(reply.integer("due_in_10_days"), due) << caller_.name;
        }
    }
}

std::set<std::string> Walk::pages_of(
    const std::string& path, const std::string& query, std::int64_t& total
) {
    std::set<std::string> shown;
    std::string cursor;
    do {
        const std::string more = cursor.empty() ? "" : "&cursor=" + cursor;
        const Reply page = ask({.path = path, .query = query + more});
        if (page.status != 200) {
            break;
        }
        if (cursor.empty()) {
            total = core::find_integer(page.body.at("total"), "count").value_or(-1);
        }
        for (const core::Json& entry : page.list("entries")) {
            shown.insert(text_of(entry, "id"));
        }
        cursor = page.text("next");
    } while (!cursor.empty());
    return shown;
}

void Walk::list_view(const declarations::Register& one, const declarations::View& view) {
    const std::string path = "/api/v1/registers/" + one.name + "/entries";
    std::set<std::string> expected;
    std::map<std::string, std::set<std::string>> by_unit;
    for (const Secret& secret : secrets_) {
        const auto& states = view.states;
        const bool in_view =
            states.empty() || std::find(states.begin(), states.end(), secret.state) != states.end();
        if (secret.register_name == one.name && in_view) {
            auto& unit = by_unit[secret.lying.unit.text()];
            if (reads(secret)) {
                expected.insert(secret.id.text());
                unit.insert(secret.id.text());
            }
        }
    }
    for (const std::string& sort : view.sorts) {
        std::int64_t total = 0;
        const auto shown = pages_of(path, "view=" + view.name + "&limit=20&sort=" + sort, total);
        EXPECT_EQ(shown, expected) << caller_.name << " " << path << " " << sort;
        EXPECT_EQ(total, static_cast<std::int64_t>(expected.size())) << caller_.name << " " << path;
        if (expected.empty()) {
            break;  // nothing, in whatever order
        }
    }
    for (const auto& [unit, entries] : by_unit) {
        std::int64_t total = 0;
        const auto shown = pages_of(path, "view=" + view.name + "&below=true&unit=" + unit, total);
        EXPECT_TRUE(std::ranges::includes(shown, entries)) << caller_.name << " " << path;
        EXPECT_TRUE(std::ranges::includes(expected, shown)) << caller_.name << " " << path;
        EXPECT_EQ(total, static_cast<std::int64_t>(shown.size()));
    }
}

void Walk::list() {
    for (const auto* one : adopted_->model().registers()) {
        for (const auto& view : one->views) {
            list_view(*one, view);
        }
        if (one->views.empty()) {
            std::int64_t total = 0;
            const auto shown =
                pages_of("/api/v1/registers/" + one->name + "/entries", "limit=200", total);
            EXPECT_EQ(shown, readable(one->name)) << caller_.name << " " << one->name;
        }
    }
}

/// What may not be read answers like what is not there.
void Walk::expect_hidden(const std::string& path, const std::string& nobodys) {
    const Reply hidden = ask({.path = path});
    const Reply none = ask({.path = nobodys});
    EXPECT_EQ(hidden.status, none.status) << caller_.name << " " << path;
    EXPECT_EQ(hidden.text("code"), none.text("code")) << caller_.name << " " << path;
    EXPECT_EQ(hidden.text("detail"), none.text("detail")) << caller_.name << " " << path;
    EXPECT_GE(hidden.status, 400) << caller_.name << " " << path;
}

/// Asks for a part of every marked entry, by its id and by its number, and of some of the
/// demonstration.
void Walk::each(
    const std::string& part, const std::function<void(const Secret&, const Reply&)>& shown
) {
    std::size_t plain = 0;
    for (const Secret& one : secrets_) {
        if (one.marks.empty() && ++plain > 4) {
            continue;
        }
        const std::string nobodys = entry_path(one.register_name, kNobodysId) + part;
        if (reads(one)) {
            const Reply reply = ask({.path = one.path() + part});
            EXPECT_EQ(reply.status, 200) << caller_.name << " " << one.path() << part;
            shown(one, reply);
        } else {
            expect_hidden(one.path() + part, nobodys);
            expect_hidden(entry_path(one.register_name, "number:" + one.number) + part, nobodys);
        }
    }
}

void Walk::entry() {
    each("", [&](const Secret& one, const Reply& reply) {
        EXPECT_EQ(reply.id(), one.id.text());
        const core::Json& labels = reply.body.at("labels");
        for (const std::string& named : one.names) {
            const core::Json* label = core::find_member(labels, named);
            ASSERT_NE(label, nullptr) << named;
            const bool restricted = core::find_member(*label, "restricted") != nullptr;
            const auto other = std::ranges::find(secrets_, named, [](const Secret& secret) {
                return secret.id.text();
            });
            ASSERT_NE(other, secrets_.end());
            EXPECT_EQ(restricted, !reads(*other)) << caller_.name << " " << core::json_text(*label);
        }
    });
}

void Walk::history() {
    each("/history", [](const Secret&, const Reply& reply) {
        EXPECT_FALSE(reply.list("records").empty());
    });
}

void Walk::certificate() {
    each("/certificate", [](const Secret& one, const Reply& reply) {
        EXPECT_EQ(reply.text("entry"), one.id.text());
    });
}

void Walk::file() {
    for (const Secret& one : secrets_) {
        for (const std::string& hash : one.files) {
            const std::string path = one.path() + "/files/" + hash;
            const Reply reply = ask({.path = path});
            EXPECT_EQ(reply.status == 200, reads(one)) << caller_.name << " " << path;
            // To know a hash gives nothing, through no other entry and not as an upload; but who
            // uploaded it has it for a day, whoever else keeps the same bytes.
            const std::string elsewhere = "/api/v1/files/" + hash;
            if (one.lying.opened_by != caller_.person) {
                EXPECT_GE(ask({.path = elsewhere}).status, 400) << caller_.name << " " << elsewhere;
            }
            const Secret& other = *std::ranges::find_if(secrets_, [&](const Secret& secret) {
                return secret.id != one.id && !secret.files.empty();
            });
            EXPECT_GE(ask({.path = other.path() + "/files/" + hash}).status, 400);
        }
    }
}

void Walk::search() {
    std::set<std::string> expected;
    for (const Secret& one : secrets_) {
        if (!one.marks.empty() && one.register_name != "slip" && caller_.here &&
            readers_.stand_by_post(caller_.person, roles_of(one.register_name), one.lying.unit)) {
            expected.insert(one.id.text());
        }
    }
    const Reply reply =
        ask({.path = "/api/v1/search", .query = std::string{"limit=50&q="} + kCommonWord});
    EXPECT_EQ(reply.status == 200, caller_.here);
    std::set<std::string> found;
    for (const core::Json& hit : reply.list("hits")) {
        found.insert(text_of(hit, "id"));
    }
    EXPECT_EQ(found, expected) << caller_.name;
    if (reply.status != 200) {
        return;
    }
    EXPECT_EQ(
        core::find_integer(reply.body.at("total"), "count").value_or(-1),
        static_cast<std::int64_t>(expected.size())
    ) << caller_.name;
    for (const auto& [mark, shown] : marks_) {
        if (!shown && mark.starts_with("Zq")) {
            const Reply none = ask({.path = "/api/v1/search", .query = "q=" + mark});
            EXPECT_TRUE(none.list("hits").empty()) << caller_.name << " " << mark;
            EXPECT_EQ(core::find_integer(none.body.at("total"), "count"), 0)
                << caller_.name << " " << mark;
        }
    }
}

/// Sending again what lies in the house tells nothing of it.
void Walk::upload() {
    if (!caller_.here) {
        return;
    }
    const std::string known = world_.upload(caller_.person, "The file of Zqvaultbytes");
    for (const Secret& one : secrets_) {
        EXPECT_EQ(std::ranges::find(one.files, known), one.files.end());
    }
}

/// One may link only what one may read, and cannot learn otherwise what there is.
void Walk::open() {
    for (const Secret& one : secrets_) {
        if (one.register_name != "dossier" || reads(one)) {
            continue;
        }
        const auto with_link = [&](const std::string& id) {
            return ask(
                {.method = Method::Post,
                 .path = "/api/v1/registers/dossier/entries",
                 .body =
                     core::JsonObject{
                         {"fields", core::JsonObject{{"heading", "x"}, {"earlier", id}}}
                     }}
            );
        };
        const Reply hidden = with_link(one.id.text());
        const Reply none = with_link(kNobodysId);
        EXPECT_GE(hidden.status, 400);
        EXPECT_EQ(hidden.status, none.status);
        EXPECT_EQ(hidden.text("code"), none.text("code"));
        EXPECT_EQ(
            core::json_text(hidden.body.at("errors")), core::json_text(none.body.at("errors"))
        );
    }
}

/// An action on what one may not read answers like one on nothing, whatever is sent with it.
void Walk::act() {
    const std::vector<core::JsonObject> bodies = {
        {},
        {{"fields", core::JsonObject{{"heading", 7}, {"nothing", 1}}}},
        {{"inputs", core::JsonObject{{"nothing", 1}}}},
        {{"paper", core::JsonObject{{"compares", kNobodysId}}}},
        {{"backfill", core::JsonObject{{"decision", kNobodysId}, {"state", "agreed"}}}}
    };
    const std::vector<std::string> actions = {
        "amend", "file", "consider", "approve", "backfill", "dance"
    };
    std::size_t at = 0;
    for (const Secret& one : secrets_) {
        if (one.marks.empty() || reads(one)) {
            continue;
        }
        // Each entry is asked for some of the pairs, all entries together for each.
        for (std::size_t i = 0; i < 4; ++i, ++at) {
            const std::string& action = actions[at % actions.size()];
            const core::JsonObject& body = bodies[at / actions.size() % bodies.size()];
            const auto there = [&](const std::string& path) {
                return ask(world_.action(path, action, 1, body));
            };
            const Reply hidden = there(one.path());
            const Reply none = there(entry_path(one.register_name, kNobodysId));
            EXPECT_EQ(hidden.status, none.status)
                << caller_.name << " " << one.path() << " " << action << " "
                << core::json_text(body) << " " << core::json_text(hidden.body);
            EXPECT_EQ(hidden.text("code"), none.text("code"));
        }
    }
}

}  // namespace duban::scenarios
