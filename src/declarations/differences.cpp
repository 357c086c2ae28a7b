#include <algorithm>

#include "declarations/internal/differ.h"
#include "declarations/reading.h"

namespace duban::declarations {

namespace {

std::vector<std::string> ways_of(const Register& declared) {
    std::vector<std::string> names;
    for (const ReadThrough& way : declared.read_through) {
        names.push_back(way.register_name + "." + way.field);
    }
    std::ranges::sort(names);
    return names;
}

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) {
        out += (out.empty() ? "" : ", ") + name;
    }
    return out.empty() ? "–" : out;
}

std::string text_of(const std::optional<NumberRule>& rule) {
    return rule ? rule->format + " @ " + rule->at : "–";
}

void compare_registers(Differ& differ, const Register& before, const Register& after) {
    const auto add = [&](const char* key, std::string from, std::string to, Effect effect) {
        differ.add(
            key,
            "difference.register_changed",
            {{"register", after.name},
             {"key", key},
             {"from", std::move(from)},
             {"to", std::move(to)}},
            effect
        );
    };
    if (before.name != after.name) {
        differ.add(
            "register", "difference.register_renamed", {{"from", before.name}, {"to", after.name}}
        );
    }
    if (before.sealed && !after.sealed) {
        add("sealed", "true", "false", Effect::Loosens);
    } else if (!before.sealed && after.sealed) {
        add("sealed", "false", "true", Effect::Neutral);
    }
    if (text_of(before.number) != text_of(after.number)) {
        add("number", text_of(before.number), text_of(after.number), Effect::Neutral);
    } else if (before.number && before.number->gapless && !after.number->gapless) {
        add("number.gapless", "true", "false", Effect::Loosens);
    }
    const std::string was = listed(before.readers());
    const std::string is = listed(after.readers());
    if (was != is) {
        const auto readers = before.readers();
        const auto now = after.readers();
        const bool wider = std::any_of(now.begin(), now.end(), [&readers](const Role& role) {
            return std::find(readers.begin(), readers.end(), role) == readers.end();
        });
        add("read", was, is, wider ? Effect::Loosens : Effect::Neutral);
    }
    const std::vector<std::string> ways = ways_of(before);
    const std::vector<std::string> ways_now = ways_of(after);
    if (ways != ways_now) {
        const bool wider = !std::ranges::includes(ways, ways_now);
        add("read_through",
            joined(ways),
            joined(ways_now),
            wider ? Effect::Loosens : Effect::Neutral);
    }
    compare_fields(differ, "fields", before.fields, after.fields);
    compare_procedures(differ, before, after);
}

void compare_parameter(Differ& differ, const Parameter& before, const Parameter& after) {
    const auto add = [&](const char* key, std::string from, std::string to, bool loosens) {
        differ.add(
            "parameters." + after.name + "." + key,
            "difference.parameter_changed",
            {{"parameter", after.name},
             {"key", key},
             {"from", std::move(from)},
             {"to", std::move(to)}},
            loosens ? Effect::Loosens : Effect::Neutral
        );
    };
    const auto least = [](const Parameter& parameter) {
        return parameter.least ? std::to_string(*parameter.least) : std::string{"–"};
    };
    if (before.least != after.least) {
        const bool lowered = before.least && (!after.least || *after.least < *before.least);
        add("least", least(before), least(after), lowered);
    }
    if (before.initial != after.initial) {
        const bool fewer = after.counts_signatures && before.initial.is_int64() &&
                           after.initial.is_int64() &&
                           after.initial.as_int64() < before.initial.as_int64();
        add("default", core::json_text(before.initial), core::json_text(after.initial), fewer);
    }
    if (before.counts_signatures && !after.counts_signatures) {
        add("counts_signatures", "true", "false", true);
    }
}

void compare_parameters(Differ& differ, const Pack& before, const Pack& after) {
    const auto find = [](const Pack& pack, const std::string& name) -> const Parameter* {
        for (const Parameter& parameter : pack.parameters) {
            if (parameter.name == name) {
                return &parameter;
            }
        }
        return nullptr;
    };
    for (const Parameter& parameter : after.parameters) {
        if (const Parameter* former = find(before, parameter.name)) {
            compare_parameter(differ, *former, parameter);
        } else {
            differ.add(
                "parameters." + parameter.name,
                "difference.parameter_added",
                {{"parameter", parameter.name}}
            );
        }
    }
    for (const Parameter& parameter : before.parameters) {
        if (find(after, parameter.name) == nullptr) {
            differ.add(
                "parameters." + parameter.name,
                "difference.parameter_removed",
                {{"parameter", parameter.name}}
            );
        }
    }
}

void compare_controls(Differ& differ, const Pack& before, const Pack& after) {
    const auto find = [](const Pack& pack, const std::string& name) -> const Control* {
        for (const Control& control : pack.controls) {
            if (control.name == name) {
                return &control;
            }
        }
        return nullptr;
    };
    for (const Control& control : after.controls) {
        const Control* former = find(before, control.name);
        core::Params params{{"control", control.name}};
        if (former == nullptr) {
            differ.add("controls." + control.name, "difference.control_added", std::move(params));
        } else if (former->sql != control.sql || former->kind != control.kind ||
                   former->register_name != control.register_name ||
                   former->severity != control.severity || former->every != control.every ||
                   former->since != control.since) {
            // Whether another query finds more or less is for people to judge: it is named.
            differ.add(
                "controls." + control.name,
                "difference.control_changed",
                std::move(params),
                Effect::Loosens
            );
        }
    }
    for (const Control& control : before.controls) {
        if (find(after, control.name) == nullptr) {
            differ.add(
                "controls." + control.name,
                "difference.control_removed",
                {{"control", control.name}},
                Effect::Loosens
            );
        }
    }
}

}  // namespace

const Register* find_former(const Pack& before, const Register& declared) {
    const auto named = [&before](const std::string& name) -> const Register* {
        const auto found = std::ranges::find(before.registers, name, &Register::name);
        return found == before.registers.end() ? nullptr : &*found;
    };
    const Register* same = named(declared.name);
    return same == nullptr && !declared.was.empty() ? named(declared.was) : same;
}

std::vector<Difference> differences(const Pack& before, const Pack& after) {
    Differ differ;
    if (before.version != after.version) {
        differ.add(
            "version", "difference.version", {{"from", before.version}, {"to", after.version}}
        );
    }
    compare_parameters(differ, before, after);
    compare_controls(differ, before, after);
    std::vector<const Register*> continued;
    for (const Register& declared : after.registers) {
        differ.enter(declared.name);
        const Register* former = find_former(before, declared);
        if (former == nullptr) {
            differ.add("register", "difference.register_added", {{"register", declared.name}});
        } else {
            continued.push_back(former);
            compare_registers(differ, *former, declared);
        }
    }
    for (const Register& declared : before.registers) {
        if (std::find(continued.begin(), continued.end(), &declared) == continued.end()) {
            differ.enter(declared.name);
            differ.add(
                "register",
                "difference.register_removed",
                {{"register", declared.name}},
                Effect::LosesData
            );
        }
    }
    return differ.take();
}

}  // namespace duban::declarations
