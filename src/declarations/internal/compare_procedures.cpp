#include <algorithm>
#include <map>

#include "declarations/internal/differ.h"

namespace duban::declarations {

namespace {

std::string text_of(const Count& count) {
    return count.parameter.empty() ? std::to_string(count.value) : count.parameter;
}

std::vector<std::string> texts_of(const std::vector<Role>& roles) {
    std::vector<std::string> texts;
    for (const Role& role : roles) {
        texts.push_back(role.text());
    }
    return texts;
}

std::vector<std::string> checks_of(const Action& action) {
    std::vector<std::string> texts;
    for (const Check& check : action.checks) {
        texts.push_back(check.that);
    }
    return texts;
}

class ActionComparison {
public:
    /// `kept` are the fields both versions have: what is new or gone is said of the field itself.
    ActionComparison(
        Differ& differ,
        const Action& before,
        const Action& after,
        const std::vector<std::string>& kept
    )
        : differ_{differ},
          before_{before},
          after_{after},
          path_{"procedure.actions." + after.name},
          kept_{kept} {}

    void run() const {
        // What may fall away only by loosening: needs, checks, separations.
        compare("need", before_.need, after_.need, Effect::Loosens, Effect::Neutral);
        compare("check", checks_of(before_), checks_of(after_), Effect::Loosens, Effect::Neutral);
        compare(
            "apart_from", before_.apart_from, after_.apart_from, Effect::Loosens, Effect::Neutral
        );
        // What loosens by growing: who, from where, what may be changed, which signatures count.
        compare("by", texts_of(before_.by), texts_of(after_.by), Effect::Neutral, Effect::Loosens);
        compare("from", before_.from, after_.from, Effect::Neutral, Effect::Loosens);
        compare(
            "fields", kept(before_.fields), kept(after_.fields), Effect::Neutral, Effect::Loosens
        );
        compare("kinds", kinds_of(before_), kinds_of(after_), Effect::Neutral, Effect::Loosens);
        compare_flag("blind", before_.blind, after_.blind);
        compare_flag("second_factor", before_.second_factor, after_.second_factor);
        compare_flag("by: procedure", before_.reached_by_acts, after_.reached_by_acts);
        compare_signatures();
        compare_way();
        compare_effects();
    }

private:
    [[nodiscard]] std::vector<std::string> kept(const std::vector<std::string>& fields) const {
        return fallen(fields, fallen(fields, kept_));
    }

    static std::vector<std::string> kinds_of(const Action& action) {
        std::vector<std::string> kinds;
        for (const SignatureKind kind : action.kinds) {
            kinds.emplace_back(declarations::text_of(kind));
        }
        return kinds;
    }

    void add(const std::string& key, std::string from, std::string to, Effect effect) const {
        differ_.add(
            path_ + "." + key,
            "difference.action_changed",
            {{"action", after_.name}, {"key", key}, {"from", std::move(from)}, {"to", std::move(to)}
            },
            effect
        );
    }

    void compare(
        const std::string& key,
        const std::vector<std::string>& before,
        const std::vector<std::string>& after,
        Effect falling,
        Effect growing
    ) const {
        const bool fell = !fallen(before, after).empty();
        const bool grew = !fallen(after, before).empty();
        if (fell || grew) {
            const bool loosens =
                (fell && falling == Effect::Loosens) || (grew && growing == Effect::Loosens);
            add(key, listed(before), listed(after), loosens ? Effect::Loosens : Effect::Neutral);
        }
    }

    void compare_flag(const std::string& key, bool before, bool after) const {
        if (before != after) {
            add(key,
                before ? "true" : "false",
                after ? "true" : "false",
                before ? Effect::Loosens : Effect::Neutral);
        }
    }

    /// By role: how many sign, or the parameter that says so.
    void compare_signatures() const {
        std::map<std::string, std::string> after;
        std::map<std::string, std::string> before;
        std::int64_t signers_before = 0;
        std::int64_t signers_after = 0;
        for (const SignatureRule& rule : before_.signatures) {
            before[rule.by.text()] = text_of(rule.count);
            signers_before += rule.count.value;
        }
        for (const SignatureRule& rule : after_.signatures) {
            after[rule.by.text()] = text_of(rule.count);
            signers_after += rule.count.value;
        }
        if (before == after) {
            return;
        }
        const bool one_left = std::any_of(before.begin(), before.end(), [&after](const auto& one) {
            return !after.contains(one.first);
        });
        const auto text = [](const std::map<std::string, std::string>& rules) {
            std::vector<std::string> all;
            for (const auto& [role, count] : rules) {
                all.push_back(count + " × " + role);
            }
            return listed(all);
        };
        add("signatures",
            text(before),
            text(after),
            signers_after < signers_before || one_left ? Effect::Loosens : Effect::Neutral);
    }

    void compare_way() const {
        const auto way = [](const Action& action) {
            return action.returns ? std::string{"earlier"} : action.to.value_or("–");
        };
        if (way(before_) != way(after_)) {
            add("to", way(before_), way(after_), Effect::Neutral);
        }
    }

    void compare_effects() const {
        const auto sets = [](const Action& action) {
            std::vector<std::string> all;
            for (const SetRule& set : action.sets) {
                all.push_back(set.field + " = " + set.expression);
            }
            return all;
        };
        const auto opens = [](const Action& action) {
            std::vector<std::string> all;
            for (const Opens& one : action.opens) {
                all.push_back(one.register_name + (one.each.empty() ? "" : " × " + one.each));
            }
            for (const Acts& one : action.acts) {
                all.push_back(one.on + "." + one.action);
            }
            return all;
        };
        compare("set", sets(before_), sets(after_), Effect::Neutral, Effect::Neutral);
        compare("opens", opens(before_), opens(after_), Effect::Loosens, Effect::Neutral);
        if (before_.moves_to != after_.moves_to) {
            add("unit", before_.moves_to, after_.moves_to, Effect::Loosens);
        }
    }

    Differ& differ_;
    const Action& before_;
    const Action& after_;
    std::string path_;
    const std::vector<std::string>& kept_;
};

const Deadline* find_deadline(const Procedure& procedure, const std::string& name) {
    for (const Deadline& deadline : procedure.deadlines) {
        if (deadline.name == name) {
            return &deadline;
        }
    }
    return nullptr;
}

std::string term_of(const Deadline& deadline) {
    if (!deadline.term) {
        return deadline.due_field;
    }
    const std::string amount = deadline.amount_parameter.empty()
                                   ? std::to_string(deadline.term->amount)
                                   : deadline.amount_parameter;
    switch (deadline.term->unit) {
        case calendar::TermUnit::Days: return amount + " days";
        case calendar::TermUnit::Workdays: return amount + " workdays";
        case calendar::TermUnit::Months: return amount + " months";
    }
    return amount;
}

void compare_deadline(Differ& differ, const Deadline& before, const Deadline& after) {
    const auto add = [&](const std::string& key, std::string from, std::string to, bool loosens) {
        differ.add(
            "procedure.deadlines." + after.name + "." + key,
            "difference.deadline_changed",
            {{"deadline", after.name},
             {"key", key},
             {"from", std::move(from)},
             {"to", std::move(to)}},
            loosens ? Effect::Loosens : Effect::Neutral
        );
    };
    if (term_of(before) != term_of(after)) {
        const bool shorter = before.term && after.term && before.term->unit == after.term->unit &&
                             after.term->amount < before.term->amount;
        add("term", term_of(before), term_of(after), !shorter);
    }
    const auto compare = [&](const std::string& key, const auto& was, const auto& is, bool growing
                         ) {
        const bool fell = !fallen(was, is).empty();
        const bool grew = !fallen(is, was).empty();
        if (fell || grew) {
            add(key, listed(was), listed(is), growing ? grew : fell);
        }
    };
    compare("starts", before.starts, after.starts, false);
    compare("stops", before.stops, after.stops, true);
    compare("pauses", before.pauses, after.pauses, true);
    compare("resumes", before.resumes, after.resumes, false);
    if (before.first_field != after.first_field) {
        add("first", before.first_field, after.first_field, !before.first_field.empty());
    }
    if (before.holder != after.holder) {
        add("holder", before.holder.text(), after.holder.text(), false);
    }
}

std::int64_t signers_of(const Action& action) {
    std::int64_t signers = 0;
    for (const SignatureRule& rule : action.signatures) {
        signers += rule.count.value;
    }
    return signers;
}

/// Whether a new action leads, with fewer signatures, where every way asked for more before.
bool is_shortcut(const Procedure& before, const Action& action) {
    bool led_there = false;
    for (const Action& one : before.actions) {
        if (action.to && one.to == action.to) {
            led_there = true;
            if (signers_of(one) <= signers_of(action)) {
                return false;
            }
        }
    }
    return led_there;
}

void compare_states(Differ& differ, const Procedure& before, const Procedure& after) {
    for (const State& state : after.states) {
        const State* former = before.find_state(state.name);
        const std::string path = "procedure.states." + state.name;
        if (former == nullptr) {
            differ.add(path, "difference.state_added", {{"state", state.name}});
        } else if (former->final != state.final ||
                   former->ended_otherwise != state.ended_otherwise ||
                   former->backfillable != state.backfillable) {
            differ.add(path, "difference.state_changed", {{"state", state.name}});
        }
    }
    for (const State& state : before.states) {
        if (after.find_state(state.name) == nullptr) {
            // Adoption sees to it that no entry stands in it.
            differ.add(
                "procedure.states." + state.name,
                "difference.state_removed",
                {{"state", state.name}}
            );
        }
    }
}

}  // namespace

void compare_procedures(
    Differ& differ, const Register& register_before, const Register& register_after
) {
    const Procedure& before = register_before.procedure;
    const Procedure& after = register_after.procedure;
    std::vector<std::string> kept;
    for (const Field& field : register_after.fields) {
        if (register_before.find_field(field.name) != nullptr) {
            kept.push_back(field.name);
        }
    }
    compare_states(differ, before, after);
    for (const Action& action : after.actions) {
        if (const Action* former = before.find_action(action.name)) {
            ActionComparison{differ, *former, action, kept}.run();
        } else {
            differ.add(
                "procedure.actions." + action.name,
                "difference.action_added",
                {{"action", action.name},
                 {"by", listed(action.by)},
                 {"from", listed(action.from)},
                 {"to", action.to.value_or("–")}},
                is_shortcut(before, action) ? Effect::Loosens : Effect::Neutral
            );
        }
    }
    for (const Action& action : before.actions) {
        if (after.find_action(action.name) == nullptr) {
            differ.add(
                "procedure.actions." + action.name,
                "difference.action_removed",
                {{"action", action.name}}
            );
        }
    }
    for (const Deadline& deadline : after.deadlines) {
        if (const Deadline* former = find_deadline(before, deadline.name)) {
            compare_deadline(differ, *former, deadline);
        } else {
            differ.add(
                "procedure.deadlines." + deadline.name,
                "difference.deadline_added",
                {{"deadline", deadline.name}}
            );
        }
    }
    for (const Deadline& deadline : before.deadlines) {
        if (find_deadline(after, deadline.name) == nullptr) {
            differ.add(
                "procedure.deadlines." + deadline.name,
                "difference.deadline_removed",
                {{"deadline", deadline.name}},
                Effect::Loosens
            );
        }
    }
}

}  // namespace duban::declarations
