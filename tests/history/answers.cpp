#include "answers.h"

#include <algorithm>

#include "changes.h"
#include "core/problem.h"
#include "registers/certificates.h"
#include "registers/listing.h"
#include "rules/rules.h"
#include "tables.h"

namespace duban::history {

namespace {

using declarations::Register;
using registers::Listing;
using registers::ListRequest;

constexpr std::size_t kPagesMax = 12;

std::string text_of(const registers::Entry& entry) {
    return entry.id.text() + " " + entry.unit.text() + " " + entry.opened_by.text() + " " +
           entry.number + " " + entry.state + " r" + std::to_string(entry.revision) + " " +
           std::to_string(entry.opened_at_ms) + " " + std::to_string(entry.changed_at_ms) + " " +
           entry.due_on + " " + core::canonical_json(entry.fields);
}

std::string text_of(const journal::Signature& one) {
    return one.person.text() + " " + one.role + " " + one.kind + " " + one.signed_on + " " +
           one.words + " " + one.scan + " " + std::to_string(one.at_ms) + " " +
           one.recorded_by.text() + " " + one.compared_by.text();
}

}  // namespace

Answers::Answers(Town& town, std::uint64_t seed, const std::vector<Made>& made)
    : town_{town}, chance_{seed}, values_{town, chance_}, made_{made} {
    // The office, a unit's clerk and head, a school's, the inspector, a leader, who holds nothing.
    for (const access::Person& person : town_.directory()->people()) {
        if (actors_.size() < 24) {
            try {
                actors_.push_back(town_.house.actor(person.id));
            } catch (const core::Problem& problem) {
                say("actor " + person.id.text() + " " + history::text_of(problem));
            }
        }
    }
}

std::string Answers::checkpoint() {
    return town_.checkpoints.sign(*town_.house.store, Town::kOrg, town_.house.clock.now());
}

void Answers::searches() {
    for (std::size_t i = 0; i < kSearches; ++i) {
        const access::Actor& actor = chance_.one_of(actors_);
        std::string words = values_.words(chance_.percent(30) ? 2 : 12);
        if (chance_.below(20) == 0) {
            words = std::string(201, 'a');
        }
        auto scopes = town_.follower->scopes(actor);
        if (chance_.percent(30) && !scopes.empty()) {
            scopes = {chance_.one_of(scopes)};
        }
        std::string line = "search '" + words + "' by " + actor.person.text() + ":";
        try {
            town_.house.store->read([&](store::Reader& reader) {
                const auto answer = town_.search.find(
                    reader,
                    {.org = Town::kOrg,
                     .words = words,
                     .scopes = scopes,
                     .limit = 1 + chance_.below(60)}
                );
                line += " total " + std::to_string(answer.total);
                for (const search::SearchHit& hit : answer.hits) {
                    line += " " + hit.register_name + "/" + hit.id.text();
                }
            });
        } catch (const core::Problem& problem) {
            line += " " + history::text_of(problem);
        }
        say(line);
    }
}

void Answers::list(const access::Actor& actor, const ListRequest& request) {
    const Listing listing{*town_.house.registers};
    ListRequest page_request = request;
    std::string name = "list " + request.register_name + " " + request.view + " " + request.sort +
                       " at '" + request.at + "' by " + actor.person.text();
    for (const auto& filter : request.filters) {
        name += " " + filter.field + "=" + (filter.values.empty() ? "" : filter.values.front()) +
                "[" + filter.from + ".." + filter.to + "]";
    }
    for (std::size_t pages = 0; pages < kPagesMax; ++pages) {
        try {
            bool last = false;
            town_.house.store->read([&](store::Reader& reader) {
                const auto page = listing.page(reader, actor, page_request);
                say(name + " page " + std::to_string(pages) + " total " +
                    (page.total ? std::to_string(*page.total) : "-") + " next " + page.next);
                for (const registers::Entry& entry : page.entries) {
                    say("  " + text_of(entry));
                }
                last = page.next.empty();
                page_request.cursor = page.next;
            });
            if (last) {
                return;
            }
        } catch (const core::Problem& problem) {
            say(name + " " + history::text_of(problem));
            return;
        }
    }
}

/// One filter of each field with a value that stands in some entry, a range, and a jump.
void Answers::ranges(const access::Actor& actor, const Register& declared) {
    for (const declarations::View& view : declared.views) {
        for (const std::string& name : view.filters) {
            const declarations::Field* field = declared.find_field(name);
            registers::Filter filter{.field = name, .values = {}, .from = {}, .to = {}};
            if (name == "state") {
                filter.values = {chance_.one_of(declared.procedure.states).name};
            } else if (name == "unit") {
                filter.values = {chance_.one_of(town_.directory()->units()).id.text()};
            } else if (field == nullptr) {
                filter.from = values_.day(60, 0);
                filter.to = values_.day(0, 200);
            } else {
                const core::Json value = values_.of_type(*field, actor.person);
                filter.values = {
                    value.is_string() ? std::string{value.get_string()} : core::json_text(value)
                };
                list(
                    actor,
                    {.register_name = declared.name,
                     .view = view.name,
                     .filters =
                         {{.field = name, .values = {}, .from = filter.values.front(), .to = {}}},
                     .sort = {},
                     .at = {},
                     .limit = 30,
                     .cursor = {}}
                );
            }
            list(
                actor,
                {.register_name = declared.name,
                 .view = view.name,
                 .filters = {filter},
                 .sort = {},
                 .at = {},
                 .below = name == "unit" && chance_.percent(50),
                 .limit = 30,
                 .cursor = {}}
            );
        }
    }
}

void Answers::lists() {
    const auto adopted = town_.house.registers->adopted();
    for (const Register* declared : adopted->model().registers()) {
        for (const declarations::View& view : declared->views) {
            for (const std::string& sort : view.sorts) {
                for (std::size_t i = 0; i < 3; ++i) {
                    list(
                        chance_.one_of(actors_),
                        {.register_name = declared->name,
                         .view = view.name,
                         .filters = {},
                         .sort = sort,
                         .at = chance_.percent(20) ? values_.day(300, 30) : std::string{},
                         .limit = 5 + chance_.below(40),
                         .cursor = {}}
                    );
                }
            }
        }
        for (std::size_t i = 0; i < 3; ++i) {
            ranges(chance_.one_of(actors_), *declared);
        }
    }
}

void Answers::counters() {
    const Listing listing{*town_.house.registers};
    const auto adopted = town_.house.registers->adopted();
    const calendar::Date today = town_.today();
    for (const access::Actor& actor : actors_) {
        for (const Register* declared : adopted->model().registers()) {
            town_.house.store->read([&](store::Reader& reader) {
                std::string line = "counts " + declared->name + " by " + actor.person.text();
                for (const auto& count : listing.counts(reader, actor, declared->name)) {
                    line += " " + count.unit.text() + "/" + count.state + "=" +
                            std::to_string(count.entries);
                }
                line += " overdue " +
                        std::to_string(listing.due_between(
                            reader, actor, declared->name, "", today.plus_days(-1).text()
                        )) +
                        " soon " +
                        std::to_string(listing.due_between(
                            reader, actor, declared->name, today.text(), today.plus_days(10).text()
                        ));
                say(line);
            });
        }
    }
}

void Answers::run(const declarations::Control& control, const core::Id& entry) {
    const auto adopted = town_.house.registers->adopted();
    const rules::Scope scope{
        .org = Town::kOrg,
        .entry = entry,
        .today = town_.today(),
        .parameters = town_.house.registers->profile(Town::kOrg)->parameters
    };
    const std::string name =
        "control " + control.name + (entry.is_nil() ? std::string{} : " on " + entry.text());
    try {
        town_.house.store->read([&](store::Reader& reader) {
            for (const rules::Hit& hit : adopted->rules().run(reader, control, scope)) {
                std::string line = name + " " + hit.entry.text() + " " + hit.reason;
                for (const auto& [fact, value] : hit.facts) {
                    line += " " + fact + "=" + shown(value, "");
                }
                say(line);
            }
        });
    } catch (const core::Problem& problem) {
        say(name + " " + history::text_of(problem));
    }
}

void Answers::rules() {
    const auto adopted = town_.house.registers->adopted();
    for (const declarations::Pack& pack : adopted->model().packs()) {
        for (const declarations::Control& control : pack.controls) {
            run(control, {});
            if (control.scope != declarations::ControlScope::Entry) {
                continue;
            }
            for (std::size_t i = 0; i < 20 && !made_.empty(); ++i) {
                const Made& made = chance_.one_of(made_);
                if (made.register_name == control.register_name) {
                    run(control, made.entry);
                }
            }
        }
    }
}

void Answers::entries() {
    const auto adopted = town_.house.registers->adopted();
    registers::Registers& house = *town_.house.registers;
    for (std::size_t i = 0; i < kEntriesShown && !made_.empty(); ++i) {
        const Made& made = chance_.one_of(made_);
        const access::Actor& actor = chance_.one_of(actors_);
        const Register& declared = *adopted->table(made.register_name).declared;
        town_.house.store->read([&](store::Reader& reader) {
            const auto entry = house.find_entry(reader, actor, made.register_name, made.entry);
            if (!entry) {
                say("entry " + made.entry.text() + " not for " + actor.person.text());
                return;
            }
            say("entry " + text_of(*entry) + " " + house.light(Town::kOrg, declared, *entry));
            for (const auto& one : house.deadlines(reader, Town::kOrg, declared.name, made.entry)) {
                say("  deadline " + one.name + " " + one.first_on + " " + one.due_on + " " +
                    (one.provisional ? "provisional " : "") + one.started_on + " " + one.paused_on +
                    " " + one.stopped_on + " " + one.light);
            }
            for (const auto& offer : house.offers(reader, actor, declared.name, *entry)) {
                say("  offer " + offer.action->name + " " + offer.role + " " + offer.post.text() +
                    " " + std::to_string(offer.signatures_given) + "/" +
                    std::to_string(offer.signatures_wanted));
                for (const auto& given : house.round(reader, actor, *entry, *offer.action)) {
                    say("    " + text_of(given.signature) + (given.counts ? " counts" : ""));
                }
            }
        });
    }
}

void Answers::certificates() {
    const auto adopted = town_.house.registers->adopted();
    for (std::size_t i = 0; i < 30 && !made_.empty(); ++i) {
        const Made& made = chance_.one_of(made_);
        const core::Json certificate = registers::certificate_of(
            *town_.house.registers, town_.checkpoints, Town::kOrg, made.register_name, made.entry
        );
        const auto report =
            journal::check_certificate(certificate, town_.checkpoints.verifier_key());
        std::string faults;
        for (const std::string& fault : report.faults) {
            faults += " " + fault;
        }
        const std::string text = core::canonical_json(certificate);
        say("certificate of " + made.entry.text() + (report.valid ? " valid " : " NOT VALID ") +
            std::to_string(report.records) + faults + " " + crypto::sha256(text).hex());
    }
}

std::vector<std::string> Answers::all() {
    say("checkpoint " + checkpoint());
    searches();
    lists();
    counters();
    rules();
    entries();
    certificates();
    return lines_;
}

}  // namespace duban::history
